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

/// Options and fields in any order.
fn plain_command() -> impl Strategy<Value = Command> {
    let names = ["summary", "deletemodel", "listmodels", "outlier", "anomalydetection"];
    (prop::sample::select(names.to_vec()), options(), prop::collection::vec(field(), 0..3))
        .prop_map(|(name, options, fields)| command(name, CommandKind::Plain(Plain { options, fields })))
}

fn mstats() -> impl Strategy<Value = Command> {
    let by = prop::collection::vec(field(), 0..3)
        .prop_map(|by| by.into_iter().map(|field| ByField { field, bucket: None }).collect());
    let aggregates = prop::collection::vec(aggregate(), 1..3);
    let names = prop::sample::select(vec!["mstats", "mcatalog"]);
    (names, options(), aggregates, prop::option::of(term()), by).prop_map(|(name, options, aggregates, filter, by)| {
        command(name, CommandKind::Mstats(Tstats { options, aggregates, from: None, filter, by }))
    })
}

fn fit() -> impl Strategy<Value = Command> {
    let fields = |count| prop::collection::vec(field(), count);
    // The list behind BY is one text, split by commas.
    let groups = fields(0..3).prop_map(|fields| {
        let whole = |field: &Field| !field.name.contains(',') && field.name.trim() == field.name;
        fields.into_iter().filter(whole).collect()
    });
    let into = prop::option::of("(app:)?[a-z_]{1,6}|into");
    ("[A-Za-z]{1,8}", fields(1..3), fields(0..2), groups, options(), into).prop_map(
        |(algorithm, targets, from, by, options, into)| {
            let (algorithm, into) = (spanned(algorithm), into.map(spanned));
            command("fit", CommandKind::Fit(Fit { algorithm, targets, from, by, options, into }))
        },
    )
}

fn apply() -> impl Strategy<Value = Command> {
    let alias = prop::option::of(field());
    (field(), options(), alias).prop_map(|(model, options, alias)| {
        command("apply", CommandKind::Apply { model: spanned(model.name), options, alias })
    })
}

fn command(name: &str, kind: CommandKind) -> Command {
    Command { name: spanned(name.to_owned()), span: NOWHERE, kind }
}

fn options_and_fields() -> impl Strategy<Value = Command> {
    let names =
        vec!["spath", "xmlkv", "xmlunescape", "fromjson", "makemv", "mvcombine", "mvexpand", "nomv", "extract", "kv"];
    (prop::sample::select(names), options(), prop::collection::vec(field(), 0..3))
        .prop_map(|(name, options, fields)| command(name, CommandKind::Plain(Plain { options, fields })))
}

fn rex() -> impl Strategy<Value = Command> {
    let at = || prop::option::of(field());
    (at(), "[ -~]{0,9}", any::<bool>(), prop::option::of(any::<u64>()), at()).prop_map(
        |(field, pattern, sed, max_match, offset_field)| {
            let pattern = spanned(pattern);
            command("rex", CommandKind::Rex(Rex { field, pattern, sed, max_match, offset_field }))
        },
    )
}

fn replace() -> impl Strategy<Value = Command> {
    let pair = ("[ -~]{0,6}", "[ -~]{0,6}").prop_map(|(from, to)| (spanned(from), spanned(to)));
    (prop::collection::vec(pair, 1..3), prop::collection::vec(field(), 0..3))
        .prop_map(|(pairs, fields)| command("replace", CommandKind::Replace { pairs, fields }))
}

fn multikv() -> impl Strategy<Value = Command> {
    let words = prop::collection::vec("(fields|filter|[!-~]{1,5}|[ -~]{1,5})".prop_map(spanned), 0..3);
    (options(), prop::collection::vec(field(), 0..3), words).prop_map(|(options, fields, filter)| {
        command("multikv", CommandKind::Multikv(Multikv { options, fields, filter }))
    })
}

/// A field with a double quote in its name is written in single quotes, and those need no escape.
fn strcat() -> impl Strategy<Value = Command> {
    let part = prop_oneof![
        field().prop_map(StrcatPart::Field),
        "[ -~]{0,5}".prop_map(|text| StrcatPart::Text(spanned(text))),
    ];
    (options(), prop::collection::vec(part, 2..4), field())
        .prop_map(|(options, parts, output)| command("strcat", CommandKind::Strcat { options, parts, output }))
}

const BIN_OPTIONS: &[&str] = &["span", "bins", "minspan", "start", "end", "aligntime"];

fn options_of(names: &'static [&'static str]) -> impl Strategy<Value = Vec<(Spanned<String>, Spanned<String>)>> {
    let option = (prop::sample::select(names.to_vec()), prop_oneof!["[0-9]{1,2}[smhd]", "[ -~]{0,6}", "@d[+]3h"]);
    prop::collection::vec(option, 0..3).prop_map(|options| {
        options.into_iter().map(|(name, value)| (spanned(name.to_owned()), spanned(value))).collect()
    })
}

fn sort_key() -> impl Strategy<Value = SortKey> {
    (field(), any::<bool>(), prop::option::of("(num|ip)")).prop_map(|(field, descending, kind)| SortKey {
        field,
        descending,
        kind,
    })
}

fn chart() -> impl Strategy<Value = Chart> {
    let field = || (field(), options_of(BIN_OPTIONS)).prop_map(|(field, options)| ChartField { field, options });
    let test = prop_oneof![
        (any::<bool>(), "-?[0-9]{1,3}([.][0-9])?")
            .prop_map(|(above, number)| SeriesTest::Compare { above, number: spanned(number) }),
        (any::<bool>(), any::<bool>(), any::<u64>()).prop_map(|(negated, bottom, count)| SeriesTest::Rank {
            negated,
            bottom,
            count
        }),
    ];
    let filter = (aggregate(), test).prop_map(|(aggregate, test)| SeriesFilter { aggregate, test });
    (
        options(),
        prop::collection::vec(aggregate(), 1..3),
        prop::option::of(field()),
        prop::collection::vec(field(), 0..3),
        prop::option::of(filter),
    )
        .prop_map(|(options, aggregates, over, by, filter)| Chart { options, aggregates, over, by, filter })
}

/// Commands that make tables of tables.
fn table_command() -> impl Strategy<Value = Command> {
    let plain = || {
        (options(), prop::collection::vec(field(), 0..3))
            .prop_map(|(options, fields)| CommandKind::Plain(Plain { options, fields }))
    };
    let names = ["addtotals", "xyseries", "filldown", "transpose", "makecontinuous", "tail", "rangemap"].to_vec();
    let top = (
        options(),
        prop::option::of(any::<u64>()),
        prop::collection::vec(field(), 1..3),
        prop::collection::vec(field(), 0..3),
    );
    prop_oneof![
        (prop::sample::select(names), plain()).prop_map(|(name, kind)| command(name, kind)),
        chart().prop_map(|chart| command("chart", CommandKind::Chart(chart))),
        chart().prop_map(|chart| command("timechart", CommandKind::Chart(chart))),
        top.prop_map(|(options, limit, fields, by)| {
            command("rare", CommandKind::Top(Top { options, limit, fields, by }))
        }),
        (field(), prop::option::of(field()), options())
            .prop_map(|(field, alias, options)| command("delta", CommandKind::Running { field, alias, options })),
    ]
}

fn subsearch() -> impl Strategy<Value = Subsearch> {
    let commands = prop_oneof![
        prop::option::of(term()).prop_map(|term| command("search", CommandKind::Search(term))),
        tstats().prop_map(|tstats| command("tstats", CommandKind::Tstats(tstats))),
        stats().prop_map(|stats| command("stats", CommandKind::Stats(stats))),
    ];
    prop::collection::vec(commands, 1..3)
        .prop_map(|commands| Subsearch { pipeline: Pipeline { commands }, span: NOWHERE })
}

fn boundary() -> impl Strategy<Value = Option<Boundary>> {
    prop::option::of(prop_oneof![term().prop_map(Boundary::Terms), expr().prop_map(Boundary::Eval)])
}

fn return_item() -> impl Strategy<Value = ReturnItem> {
    (prop::option::of(field()), field(), any::<bool>()).prop_map(|(alias, field, value_only)| ReturnItem {
        alias,
        field,
        value_only,
    })
}

/// Commands with pipelines or texts of pipelines in them, and their kin.
fn nesting_command() -> impl Strategy<Value = Command> {
    let fields = |least| prop::collection::vec(field(), least..4);
    let template = "[a-z<>*=' (),]{0,12}";
    prop_oneof![
        (options(), fields(0), subsearch()).prop_map(|(options, fields, subsearch)| {
            command("join", CommandKind::Piped(Piped { options, fields, subsearch }))
        }),
        ("(append|appendcols|appendpipe)", options(), subsearch()).prop_map(|(name, options, subsearch)| {
            command(&name, CommandKind::Piped(Piped { options, fields: Vec::new(), subsearch }))
        }),
        (options(), "[ -~]{0,12}")
            .prop_map(|(options, search)| command("map", CommandKind::Map { options, search: spanned(search) })),
        (options(), fields(1), template).prop_map(|(options, fields, template)| {
            command("foreach", CommandKind::Foreach { options, fields, template: spanned(template) })
        }),
        (options(), fields(0), boundary(), boundary()).prop_map(|(options, fields, starts_with, ends_with)| {
            let transaction = Transaction { options, fields, starts_with, ends_with };
            command("transaction", CommandKind::Transaction(transaction))
        }),
        ("(datamodel|lookup)", "[A-Z][a-z_]{1,5}([.][A-Z][a-z +\"-]{1,5})?")
            .prop_map(|(kind, name)| command("from", CommandKind::From { kind: spanned(kind), name: spanned(name) })),
        ("(makeresults|datamodel)", options(), fields(0))
            .prop_map(|(name, options, fields)| command(&name, CommandKind::Plain(Plain { options, fields }))),
        (options(), prop::option::of(prop::collection::vec("[ -~]{0,3}", 6..7))).prop_map(|(options, strings)| {
            let strings = strings.unwrap_or_default().into_iter().map(spanned).collect();
            command("format", CommandKind::Format { options, strings })
        }),
        (prop::option::of(any::<u64>()), prop::collection::vec(return_item(), 1..3))
            .prop_map(|(count, items)| command("return", CommandKind::Return { count, items })),
    ]
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
        prop_oneof![plain_command(), mstats(), fit(), apply()],
        lookup_command(),
        prop::option::of(term()).prop_map(|term| command("search", CommandKind::Search(term))),
        tstats().prop_map(|tstats| command("tstats", CommandKind::Tstats(tstats))),
        stats().prop_map(|stats| command("stats", CommandKind::Stats(stats))),
        stats().prop_map(|stats| command("eventstats", CommandKind::EventStats(stats))),
        (stats(), prop::option::of(expr()), prop::option::of(expr())).prop_map(|(stats, reset_before, reset_after)| {
            command("streamstats", CommandKind::Streamstats(Streamstats { stats, reset_before, reset_after }))
        }),
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
        (prop::option::of(any::<u64>()), prop::option::of(expr()), options_of(&["null", "keeplast"]))
            .prop_map(|(limit, condition, options)| command("head", CommandKind::Head { limit, condition, options })),
        (
            prop::option::of(any::<u64>()),
            fields(),
            options_of(&["keepevents", "keepempty", "consecutive"]),
            prop::collection::vec(sort_key(), 0..3)
        )
            .prop_map(|(keep, fields, options, sort_by)| {
                command("dedup", CommandKind::Dedup { keep, fields, options, sort_by })
            }),
        table_command(),
        (prop::option::of("[ -~]{0,6}"), prop::collection::vec(field(), 0..3)).prop_map(|(value, fields)| {
            command("fillnull", CommandKind::Fillnull { value: value.map(spanned), fields })
        }),
        (prop::option::of(field()), any::<bool>(), "[ -~]{0,9}").prop_map(|(field, negated, pattern)| {
            let negated = negated && field.is_some();
            command("regex", CommandKind::Regex { field, negated, pattern: spanned(pattern) })
        }),
        (options_of(BIN_OPTIONS), field(), prop::option::of(field()))
            .prop_map(|(options, field, alias)| command("bucket", CommandKind::Bin { options, field, alias })),
        (prop::option::of(any::<u64>()), prop::collection::vec(sort_key(), 1..4))
            .prop_map(|(limit, keys)| command("sort", CommandKind::Sort { limit, keys })),
        prop_oneof![options_and_fields(), rex(), replace(), multikv(), strcat()],
        prop::collection::vec(("[a-z]{1,4}", "[a-z ]{1,4}", 0..2_usize), 1..3).prop_map(|names| {
            let field = |name: String, stars: usize| Field { name: name + &"*".repeat(stars), span: NOWHERE };
            let renaming = |(from, to, stars)| Renaming { from: field(from, stars), to: field(to, stars) };
            command("rename", CommandKind::Rename(names.into_iter().map(renaming).collect()))
        }),
    ]
}

/// Found by fuzzing: without its pipe, `seaRch` is a word to look for.
#[test]
fn a_command_in_capitals_keeps_its_pipe() {
    let printed = super::print(&crate::parse("| seaRch a | head").pipeline);
    assert_eq!(printed, "| seaRch a | head");
    assert_eq!(super::print(&crate::parse(&printed).pipeline), printed);
}

/// Found by fuzzing: parentheses around each would nest too deep.
#[test]
fn not_upon_not_stays_as_deep_as_it_was() {
    let printed = super::print(&crate::parse("* | eval a=!!!b").pipeline);
    assert_eq!(printed, "search * | eval a=NOT NOT NOT b");
    let deep = format!("* | eval a={}b", "!".repeat(60));
    let parsed = crate::parse(&deep);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(crate::parse(&super::print(&parsed.pipeline)).diagnostics, []);
    // Behind a minus the parentheses are needed: they count where the text has none.
    for depth in 1..70 {
        let parsed = crate::parse(&format!("* | eval a={}!!!o", "-".repeat(depth)));
        if parsed.diagnostics.is_empty() {
            assert_eq!(crate::parse(&super::print(&parsed.pipeline)).diagnostics, [], "{depth}");
        }
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_give_the_tree_back(commands in prop::collection::vec(prop_oneof![2 => any_command(), 1 => nesting_command()], 1..4)) {
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
