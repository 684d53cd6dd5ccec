use super::*;

const DETECTION: FileId = FileId(0);
const MACROS: FileId = FileId(1);

fn at(file: FileId, start: usize, end: usize) -> FileSpan {
    FileSpan { file, span: Span::new(start, end) }
}

/// The file span that `part` of the mapped text comes from.
fn primary(mapped: &Mapped, part: &str) -> FileSpan {
    let start = mapped.text.find(part).expect("the part is in the text");
    mapped.map.locate(Span::new(start, start + part.len())).expect("mapped").primary
}

#[test]
fn verbatim_text_maps_byte_for_byte() {
    let mut mapped = Mapped::default();
    mapped.push_verbatim("index=main ", at(DETECTION, 10, 21));
    mapped.push_verbatim("| head 5", at(DETECTION, 30, 38));
    assert_eq!(primary(&mapped, "main"), at(DETECTION, 16, 20));
    assert_eq!(primary(&mapped, "head"), at(DETECTION, 32, 36));
}

#[test]
fn replaced_text_maps_to_the_whole_of_what_it_replaced() {
    let mut mapped = Mapped::default();
    mapped.push_verbatim("a=", at(DETECTION, 0, 2));
    mapped.push_replaced("'", at(DETECTION, 2, 4));
    mapped.push_verbatim("b", at(DETECTION, 4, 5));
    assert_eq!(primary(&mapped, "'"), at(DETECTION, 2, 4));
    assert_eq!(primary(&mapped, "b"), at(DETECTION, 4, 5));
    assert_eq!(primary(&mapped, "='b"), at(DETECTION, 1, 5));
}

#[test]
fn a_span_over_folded_lines_covers_them_all() {
    let mut mapped = Mapped::default();
    mapped.push_verbatim("stats count", at(DETECTION, 10, 21));
    mapped.push_replaced(" ", at(DETECTION, 21, 24));
    mapped.push_verbatim("by dest", at(DETECTION, 24, 31));
    assert_eq!(primary(&mapped, "count by"), at(DETECTION, 16, 26));
}

#[test]
fn the_end_of_the_text_maps_to_the_end_of_the_file_span() {
    let mapped = Mapped::whole("search", DETECTION);
    assert_eq!(mapped.map.locate(Span::new(6, 6)).expect("mapped").primary, at(DETECTION, 6, 6));
}

#[test]
fn text_of_a_macro_points_at_the_call_first_and_at_the_definition_second() {
    let search = Mapped::whole("x `outer` y", DETECTION);
    let outer = Mapped::whole("a `inner` b", MACROS);
    let inner = {
        let mut definition = Mapped::default();
        definition.push_verbatim("evil", at(MACROS, 100, 104));
        definition
    };

    let mut expanded_outer = Mapped::default();
    expanded_outer.push_mapped(&outer, Span::new(0, 2), None);
    let call = expanded_outer.add_call("inner", &outer, Span::new(2, 9));
    expanded_outer.push_mapped(&inner, Span::new(0, 4), call);

    let mut expanded = Mapped::default();
    expanded.push_mapped(&search, Span::new(0, 2), None);
    let call = expanded.add_call("outer", &search, Span::new(2, 9));
    expanded.push_mapped(&expanded_outer, Span::new(0, 6), call);
    expanded.push_mapped(&search, Span::new(9, 11), None);

    assert_eq!(expanded.text, "x a evil y");
    let found = expanded.map.locate(Span::new(2, 3)).expect("mapped");
    assert_eq!(found.primary, at(DETECTION, 2, 9));
    assert_eq!(found.definition, Some((at(MACROS, 0, 1), "outer".to_owned())));
    // Through two macros: the call in the search first, the innermost definition second.
    let found = expanded.map.locate(Span::new(4, 8)).expect("mapped");
    assert_eq!(found.primary, at(DETECTION, 2, 9));
    assert_eq!(found.definition, Some((at(MACROS, 100, 104), "inner".to_owned())));
}
