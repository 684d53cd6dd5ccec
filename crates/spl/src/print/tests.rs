//! What is printed parses back to the tree it came from.

use proptest::prelude::*;
use text::Span;

use crate::ast::*;
use crate::parse::tests::without_spans;

const NOWHERE: Span = Span { start: 0, end: 0 };

fn spanned(value: String) -> Spanned<String> {
    Spanned { value, span: NOWHERE }
}

fn field_of(names: &'static str) -> impl Strategy<Value = Field> {
    names.prop_map(|name| Field { name, span: NOWHERE })
}

/// Names with everything that may need quotes.
fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        field_of("(by|IN|as|d|NOT)"),
        field_of("[a-z_]{1,6}"),
        field_of("[a-zA-Z]{1,3}(\\{\\})?[.][a-z*]{1,4}"),
        field_of("[ -~äß]{1,8}")
    ]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let quoted = prop::collection::vec("[ -)+-~\n\tÄß€]{0,6}", 1..4).prop_map(|parts| (parts, true));
    let bare = prop::collection::vec("[a-zA-Z0-9_.:/?\\\\,'{}-]{0,6}", 1..4).prop_map(|parts| (parts, false));
    let words = prop::sample::select(vec!["by", "FROM", "where", "IN", "TERM"]);
    let word = words.prop_map(|word| (vec![word.to_owned()], false));
    prop_oneof![4 => quoted, 4 => bare, 1 => word].prop_filter_map(
        "no bare word is empty, nor an operator",
        |(parts, quoted)| {
            let whole = parts.join("*");
            let plain = !whole.is_empty() && !["AND", "OR", "NOT"].contains(&whole.as_str());
            (quoted || plain).then_some(Pattern { parts, quoted, span: NOWHERE })
        },
    )
}

/// A keyword must not be `a::b`, and a value in a list no comma.
fn plain(pattern: &Pattern) -> bool {
    let lower = ["and", "or", "not", "in"];
    pattern.quoted
        || !pattern.parts.iter().any(|part| part.contains("::") || part.contains(',') || lower.contains(&part.as_str()))
}

fn compare_op() -> impl Strategy<Value = CompareOp> {
    use CompareOp::*;
    prop::sample::select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual])
}

fn term() -> impl Strategy<Value = Term> {
    let leaf = prop_oneof![
        // `a==b` would read as `a=` and `b`, and `a<=b` as another comparison.
        (field(), compare_op(), pattern()).prop_map(|(field, op, value)| Term::Compare { field, op, value }),
        (field(), prop::collection::vec(pattern().prop_filter("no comma", plain), 1..4))
            .prop_map(|(field, values)| Term::In { field, values, span: NOWHERE }),
        pattern().prop_filter("a keyword", plain).prop_map(Term::Keyword),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Term::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Term::Or),
            inner.clone().prop_map(|term| Term::Not(Box::new(term), NOWHERE)),
            inner.prop_map(|term| Term::Subsearch(Subsearch {
                pipeline: Pipeline { commands: vec![command("search", CommandKind::Search(Some(term)))] },
                span: NOWHERE,
            })),
        ]
    })
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        field().prop_map(|field| ExprKind::Field(field.name)),
        "[ -~\nÄ]{0,8}".prop_map(ExprKind::Text),
        "[0-9]{1,4}([.][0-9]{1,3})?".prop_map(ExprKind::Number),
        any::<bool>().prop_map(ExprKind::Bool),
        Just(ExprKind::Null),
    ];
    leaf.prop_map(at_nowhere).prop_recursive(5, 40, 3, |inner| {
        let one = inner.clone().prop_map(Box::new);
        prop_oneof![
            ("(if|case|[a-z_]{1,5}x)", prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(name, arguments)| at_nowhere(ExprKind::Call { name: spanned(name), arguments })),
            one.clone().prop_map(|operand| at_nowhere(ExprKind::Negate(operand))),
            one.clone().prop_map(|operand| at_nowhere(ExprKind::Not(operand))),
            (binary_op(), inner.clone(), inner.clone()).prop_map(|(op, left, right)| binary(op, left, right)),
            (one.clone(), prop::collection::vec(inner, 1..3))
                .prop_map(|(value, list)| at_nowhere(ExprKind::In { value, list })),
            (one.clone(), one).prop_map(|(value, pattern)| at_nowhere(ExprKind::Like { value, pattern })),
        ]
    })
}

fn at_nowhere(kind: ExprKind) -> Expr {
    Expr { kind, span: NOWHERE }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    if matches!(op, BinaryOp::And | BinaryOp::Or) {
        return Expr::chain(op, vec![left, right]);
    }
    at_nowhere(ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) })
}

fn binary_op() -> impl Strategy<Value = BinaryOp> {
    use BinaryOp::*;
    prop::sample::select(vec![
        Or,
        Xor,
        And,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Add,
        Subtract,
        Multiply,
        Divide,
        Modulo,
        Concat,
    ])
}

fn aggregate() -> impl Strategy<Value = Aggregate> {
    let argument = prop_oneof![
        field_of("[a-z_.*]{1,6}").prop_map(AggregateArgument::Field),
        field_of("[a-z][a-z ,()\"\\\\]{1,6}[a-z]").prop_map(AggregateArgument::Field),
        expr().prop_map(AggregateArgument::Eval),
    ];
    ("(count|dc|perc95|values|xyz)", prop::option::of(argument), prop::option::of(field()))
        .prop_map(|(name, argument, alias)| Aggregate { function: spanned(name), argument, alias, span: NOWHERE })
}

/// At most one bucket, on `_time`.
fn by() -> impl Strategy<Value = Vec<ByField>> {
    let fields = prop::collection::vec(field(), 0..4);
    (fields, prop::option::of("[0-9]{1,2}[smhd]")).prop_map(|(fields, bucket)| {
        let plain = fields.into_iter().filter(|field| field.name != "_time");
        let mut by: Vec<_> = plain.map(|field| ByField { field, bucket: None }).collect();
        if let Some(bucket) = bucket {
            let field = Field { name: "_time".to_owned(), span: NOWHERE };
            by.push(ByField { field, bucket: Some(spanned(bucket)) });
        }
        by
    })
}

fn options() -> impl Strategy<Value = Vec<(Spanned<String>, Spanned<String>)>> {
    prop::collection::vec(("[a-z_]{2,8}x", "[ -~]{0,6}"), 0..3)
        .prop_map(|options| options.into_iter().map(|(name, value)| (spanned(name), spanned(value))).collect())
}

fn stats() -> impl Strategy<Value = Stats> {
    (options(), prop::collection::vec(aggregate(), 1..3), by()).prop_map(|(options, aggregates, by)| Stats {
        options,
        aggregates,
        by,
    })
}

fn tstats() -> impl Strategy<Value = Tstats> {
    let from = prop::option::of("[A-Z][a-z_]{1,5}([.][A-Z][a-z +.\"-]{1,5})?").prop_map(|from| from.map(spanned));
    let filter = prop::option::of(term());
    (stats(), from, filter).prop_map(|(Stats { options, aggregates, by }, from, filter)| Tstats {
        options,
        aggregates,
        from,
        filter,
        by,
    })
}

fn command(name: &str, kind: CommandKind) -> Command {
    Command { name: spanned(name.to_owned()), span: NOWHERE, kind }
}

fn lookup_fields() -> impl Strategy<Value = Vec<LookupField>> {
    let name = || prop_oneof![4 => field(), 1 => field_of("(output|OUTPUTNEW)")];
    prop::collection::vec((name(), prop::option::of(name())), 1..4)
        .prop_map(|fields| fields.into_iter().map(|(field, alias)| LookupField { field, alias }).collect())
}

/// The commands that name a lookup or look addresses up.
fn lookup_command() -> impl Strategy<Value = Command> {
    let name = || field().prop_map(|field| spanned(field.name));
    let output = prop::option::of((any::<bool>(), lookup_fields()));
    prop_oneof![
        (options(), name(), lookup_fields(), output).prop_map(|(options, name, inputs, output)| {
            let output = output.map(|(keep, fields)| LookupOutput { keep, fields });
            command("lookup", CommandKind::Lookup(Lookup { options, name, inputs, output }))
        }),
        (options(), name(), prop::option::of(term())).prop_map(|(options, name, filter)| command(
            "inputlookup",
            CommandKind::Inputlookup { options, name, filter }
        )),
        (options(), name())
            .prop_map(|(options, name)| command("outputlookup", CommandKind::Outputlookup { options, name })),
        (options(), field()).prop_map(|(options, field)| command(
            "iplocation",
            CommandKind::Plain(Plain { options, fields: vec![field] })
        )),
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    let fields = || prop::collection::vec(field(), 1..4);
    prop_oneof![
        lookup_command(),
        prop::option::of(term()).prop_map(|term| command("search", CommandKind::Search(term))),
        tstats().prop_map(|tstats| command("tstats", CommandKind::Tstats(tstats))),
        stats().prop_map(|stats| command("stats", CommandKind::Stats(stats))),
        stats().prop_map(|stats| command("streamstats", CommandKind::EventStats(stats))),
        expr().prop_map(|expr| command("where", CommandKind::Where(expr))),
        prop::collection::vec((field().prop_filter("not computed", |f| !f.name.contains('{')), expr()), 1..3).prop_map(
            |list| {
                let list = list.into_iter().map(|(field, expr)| Assignment { field, expr }).collect();
                command("eval", CommandKind::Eval(list))
            }
        ),
        fields().prop_map(|fields| command("table", CommandKind::Table(fields))),
        (any::<bool>(), fields())
            .prop_map(|(remove, fields)| command("fields", CommandKind::Fields { remove, fields })),
        prop::option::of(any::<u64>()).prop_map(|count| command("head", CommandKind::Head(count))),
        (prop::option::of(any::<u64>()), fields())
            .prop_map(|(keep, fields)| command("dedup", CommandKind::Dedup { keep, fields })),
        (prop::option::of("[ -~]{0,6}"), prop::collection::vec(field(), 0..3)).prop_map(|(value, fields)| {
            command("fillnull", CommandKind::Fillnull { value: value.map(spanned), fields })
        }),
        (prop::option::of(field()), any::<bool>(), "[ -~]{0,9}").prop_map(|(field, negated, pattern)| {
            let negated = negated && field.is_some();
            command("regex", CommandKind::Regex { field, negated, pattern: spanned(pattern) })
        }),
        (prop::option::of("[0-9]{1,2}[smhd]"), field(), prop::option::of(field())).prop_map(|(span, field, alias)| {
            command("bucket", CommandKind::Bin { span: span.map(spanned), field, alias })
        }),
        (
            prop::option::of(any::<u64>()),
            prop::collection::vec((field(), any::<bool>(), prop::option::of("(num|ip)")), 1..4)
        )
            .prop_map(|(limit, keys)| {
                let key = |(field, descending, kind)| SortKey { field, descending, kind };
                command("sort", CommandKind::Sort { limit, keys: keys.into_iter().map(key).collect() })
            }),
        prop::collection::vec(("[a-z]{1,4}", "[a-z ]{1,4}", 0..2_usize), 1..3).prop_map(|names| {
            let field = |name: String, stars: usize| Field { name: name + &"*".repeat(stars), span: NOWHERE };
            let renaming = |(from, to, stars)| Renaming { from: field(from, stars), to: field(to, stars) };
            command("rename", CommandKind::Rename(names.into_iter().map(renaming).collect()))
        }),
    ]
}

proptest! {
    #[test]
    fn printing_and_parsing_give_the_tree_back(commands in prop::collection::vec(any_command(), 1..4)) {
        let tree = Pipeline { commands };
        let printed = super::print(&tree);
        let parsed = crate::parse(&printed);
        prop_assert_eq!(&parsed.diagnostics, &[], "in {:?}", printed);
        prop_assert_eq!(without_spans(&parsed.pipeline), without_spans(&tree), "from {:?}", &printed);
        prop_assert_eq!(super::print(&parsed.pipeline), printed);
    }

    #[test]
    fn any_text_parses(text in "\\PC{0,60}") {
        let parsed = crate::parse(&text);
        for diagnostic in parsed.diagnostics {
            prop_assert!(text.get(diagnostic.primary.span.range()).is_some());
        }
    }

    #[test]
    fn any_soup_of_tokens_is_stable(tokens in prop::collection::vec(prop::sample::select(TOKENS.to_vec()), 0..30)) {
        let text = tokens.concat();
        let parsed = crate::parse(&text);
        if parsed.diagnostics.is_empty() {
            let printed = super::print(&parsed.pipeline);
            let again = crate::parse(&printed);
            prop_assert_eq!(&again.diagnostics, &[], "{:?} prints as {:?}", text, printed);
            prop_assert_eq!(without_spans(&again.pipeline), without_spans(&parsed.pipeline), "{:?} prints as {:?}", text, printed);
        }
    }
}

const TOKENS: [&str; 60] = [
    " ",
    " ",
    " ",
    " ",
    "|",
    "|",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\"",
    "'",
    ",",
    "=",
    "!=",
    "<",
    ">=",
    "*",
    "\\",
    "```",
    "a",
    "b.c",
    "d{}.e",
    "AND ",
    " OR ",
    "NOT ",
    " IN ",
    "TERM",
    " by ",
    " as ",
    "where ",
    "search ",
    "eval ",
    "stats ",
    "tstats ",
    "from ",
    "datamodel",
    "rename ",
    "table ",
    "fields ",
    "sort ",
    "head ",
    "dedup ",
    "fillnull ",
    "regex ",
    "bin ",
    "convert ",
    "foreach ",
    "join ",
    "count",
    "5",
    "1.5",
    "-",
    "+",
    ".",
    "span=1h",
    "values(a)",
    "eval(a=1)",
    "\"x y\"",
];
