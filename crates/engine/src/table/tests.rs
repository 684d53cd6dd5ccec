use super::{Cell, Grid};
use crate::column::Kind;

fn text(cell: &str) -> Cell {
    Cell::Text(cell.to_owned())
}

#[test]
fn a_column_has_the_kind_that_its_values_share() {
    let mut grid = Grid::new(2);
    grid.set(0, "numbers", Cell::Number(1.0));
    grid.set(0, "mixed", Cell::Number(1.0));
    grid.set(1, "mixed", text("a"));
    grid.set(1, "times", Cell::Time(5));
    grid.set(1, "lists", Cell::Multi(vec!["a".to_owned(), "b".to_owned()]));
    grid.set(0, "lists", text("c"));
    grid.column("nothing");
    let table = grid.finish().unwrap();
    let kinds: Vec<(&str, Kind)> = table.columns().iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
    let expected = [
        ("numbers", Kind::Number),
        ("mixed", Kind::Text),
        ("times", Kind::Time),
        ("lists", Kind::Multi),
        ("nothing", Kind::Text),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(table.input("mixed").unwrap().unwrap().text(0).unwrap(), "1");
}

#[test]
fn appended_rows_have_the_columns_of_both() {
    let mut above = Grid::new(1);
    above.set(0, "a", Cell::Number(1.0));
    let mut below = Grid::new(1);
    below.set(0, "a", text("x"));
    below.set(0, "b", text("y"));
    let joined = above.finish().unwrap().append(&below.finish().unwrap()).unwrap();
    assert_eq!(joined.len(), 2);
    assert_eq!(joined.kind("a"), Some(Kind::Text));
    let b = joined.input("b").unwrap().unwrap();
    assert_eq!((b.text(0), b.text(1).as_deref()), (None, Some("y")));
    let turned = joined.take(&[Some(1), None, Some(0)]).unwrap();
    let a = turned.input("a").unwrap().unwrap();
    assert_eq!((a.text(0).as_deref(), a.text(1), a.text(2).as_deref()), (Some("x"), None, Some("1")));
}
