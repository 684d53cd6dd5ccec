//! `weir packs test`: the tests that lie beside packs.

use normalize::{PackSource, bundled_packs, testing};

use crate::args::PacksTest;
use crate::exit::ExitStatus;
use crate::session;
use crate::style::{self, count};

/// Load the packs and run the cases of every `tests.yml`.
pub(crate) fn run(args: &PacksTest) -> anyhow::Result<ExitStatus> {
    // Times without a year are read as those before this one, so that a test does not depend on its day.
    const NOW: i64 = 1_735_689_600_000_000;
    let normalizer = session::load_packs(&args.packs)?.with_now(NOW);
    let files = session::pack_files(&args.packs)?;
    let mut sources: Vec<PackSource<'_>> =
        files.iter().map(|file| PackSource { path: &file.path, text: &file.text }).collect();
    if args.packs.is_empty() {
        sources = bundled_packs();
    }
    let (mut passed, mut failed) = (0_u64, 0_u64);
    for source in &sources {
        let outcomes = match testing::run(&normalizer, source) {
            Ok(outcomes) => outcomes,
            Err(problem) => {
                failed += 1;
                anstream::println!("{} {}: {problem}", style::paint(style::BAD, "failed"), source.path);
                continue;
            }
        };
        for outcome in outcomes {
            if outcome.problems.is_empty() {
                passed += 1;
                if args.all {
                    anstream::println!("passed {}: {}", source.path, outcome.case);
                }
                continue;
            }
            failed += 1;
            anstream::println!("{} {}: {}", style::paint(style::BAD, "failed"), source.path, outcome.case);
            for problem in outcome.problems {
                anstream::println!("    {problem}");
            }
        }
    }
    anstream::println!("{} passed, {failed} failed", count(passed, "case", "cases"));
    Ok(if failed == 0 { ExitStatus::Fine } else { ExitStatus::Found })
}
