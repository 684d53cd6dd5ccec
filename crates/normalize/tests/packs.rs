//! The tests that lie beside the bundled packs.

use diag::{Files, Style, render_text};
use normalize::{Normalizer, bundled_packs, testing};

#[test]
fn bundled_packs_are_read_and_do_what_their_tests_say() {
    let mut files = Files::default();
    // As packs of a user, whose regular expressions are compiled when they are read.
    let (normalizer, reports) = Normalizer::new(&bundled_packs(), &mut files);
    let normalizer = normalizer.with_now(1_735_689_600_000_000);
    let rendered: Vec<String> = reports.iter().map(|report| render_text(report, &files, Style::Plain)).collect();
    assert!(rendered.is_empty(), "{}", rendered.join("\n"));

    let mut failures = Vec::new();
    let mut cases = 0;
    for source in bundled_packs() {
        let outcomes =
            testing::run(&normalizer, &source).unwrap_or_else(|problem| panic!("{}: {problem}", source.path));
        cases += outcomes.len();
        let failed = outcomes.into_iter().filter(|outcome| !outcome.problems.is_empty());
        failures.extend(failed.map(|outcome| format!("{}: {}: {:#?}", source.path, outcome.case, outcome.problems)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases > 0);
}

#[test]
fn every_bundled_pack_has_tests() {
    let sources = bundled_packs();
    let packs = sources.iter().filter(|source| source.path.ends_with("pack.yml"));
    for pack in packs {
        let tests = pack.path.replace("pack.yml", "tests.yml");
        assert!(sources.iter().any(|source| source.path == tests), "{} has no {tests}", pack.path);
    }
}
