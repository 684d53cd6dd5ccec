//! The syntax tree of a search. Every node that a message may point at carries its span in the search's text.
//!
//! Three small languages meet in SPL: search terms ([`Term`]), eval expressions ([`Expr`]) and the
//! commands' own arguments. A command that has no typed form yet is [`CommandKind::Other`].

use text::Span;

/// A value with the place it stands at.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the search.
    pub span: Span,
}

/// A pipeline: commands split by pipe characters. The first command may be an implicit `search`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pipeline {
    /// The commands, in order.
    pub commands: Vec<Command>,
}

/// One command of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Its name as written, or `search` with an empty span where it is implied.
    pub name: Spanned<String>,
    /// From the name to the last argument.
    pub span: Span,
    /// What it does.
    pub kind: CommandKind,
}

/// What a command does. One variant a command that Weir parses.
#[derive(Debug, Clone, PartialEq)]
pub enum CommandKind {
    /// `search TERMS`, also the implied first command. `None` is an empty search.
    Search(Option<Term>),
    /// `tstats …`
    Tstats(Tstats),
    /// `stats …`
    Stats(Stats),
    /// `where EXPR`
    Where(Expr),
    /// `eval f=EXPR, …` and `fieldformat f=EXPR`, told apart by the command's name.
    Eval(Vec<Assignment>),
    /// `rename a AS b, …`
    Rename(Vec<Renaming>),
    /// `table a b …`
    Table(Vec<Field>),
    /// `fields [+|-] a b …`
    Fields {
        /// True for `fields - …`.
        remove: bool,
        /// The fields, wildcards allowed.
        fields: Vec<Field>,
    },
    /// `convert [timeformat=…] ctime(x) …`
    Convert(Convert),
    /// `head [N | (EXPR)] [null=…] [keeplast=…]`
    Head {
        /// The most rows kept.
        limit: Option<u64>,
        /// Rows are kept while it holds.
        condition: Option<Expr>,
        /// `null=`, `keeplast=`
        options: Vec<(Spanned<String>, Spanned<String>)>,
    },
    /// `sort [N] [-|+]f …`
    Sort {
        /// The most rows kept; SPL's default is 10000, 0 is all.
        limit: Option<u64>,
        /// The keys, in order.
        keys: Vec<SortKey>,
    },
    /// `dedup [N] f …`
    Dedup {
        /// Rows kept for each combination; default 1.
        keep: Option<u64>,
        /// The fields.
        fields: Vec<Field>,
        /// `keepevents=`, `keepempty=`, `consecutive=`
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// `sortby [-|+]f …`
        sort_by: Vec<SortKey>,
    },
    /// `fillnull [value=v] [f …]`
    Fillnull {
        /// The value; default `0`.
        value: Option<Spanned<String>>,
        /// The fields; none means all.
        fields: Vec<Field>,
    },
    /// `regex [f=|f!=]"re"`
    Regex {
        /// The field; `_raw` when absent.
        field: Option<Field>,
        /// True for `!=`.
        negated: bool,
        /// The expression, unescaped as in an eval string.
        pattern: Spanned<String>,
    },
    /// `bin`/`bucket [span=s] f [AS g]`
    Bin {
        /// `span=`, `bins=`, `minspan=`, `start=`, `end=`, `aligntime=`, as written.
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The field.
        field: Field,
        /// The new name.
        alias: Option<Field>,
    },
    /// `eventstats aggs [BY f …]`
    EventStats(Stats),
    /// `streamstats aggs [BY f …]`
    Streamstats(Streamstats),
    /// A command whose arguments are options and fields in any order: `addcoltotals`, `addinfo`, `addtotals`, `datamodel`, `extract`, `filldown`,
    /// `fromjson`, `iplocation`, `makecontinuous`, `makemv`, `makeresults`, `mvcombine`, `mvexpand`, `multikv`, `nomv`, `outlier`,
    /// `rangemap`, `reverse`, `spath`, `summary`, `tail`, `transpose`, `uniq`, `untable`, `xmlkv`, `xyseries` and their like.
    Plain(Plain),
    /// `rex [field=f] [mode=sed] "re"`
    Rex(Rex),
    /// `multikv [option=value] … [fields f …] [filter w …]`
    Multikv(Multikv),
    /// `strcat [allrequired=b] (f | "text") … f`
    Strcat {
        /// `allrequired=`
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// What is joined: at least two.
        parts: Vec<StrcatPart>,
        /// Where it goes.
        output: Field,
    },
    /// `append`, `appendcols`, `appendpipe`, `join`: options, fields and a pipeline in brackets.
    Piped(Piped),
    /// `map search="…"` or `map [ … ]`
    Map {
        /// `maxsearches=` and others.
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The search with `$field$` tokens; quotes undone. Of the bracket form, the text between the brackets.
        search: Spanned<String>,
    },
    /// `lookup NAME f [AS g] … [OUTPUT|OUTPUTNEW f [AS g] …]`
    Lookup(Lookup),
    /// `inputlookup [append=t] [start=n] [max=n] NAME [where TERMS]`
    Inputlookup {
        /// `append=`, `start=`, `max=`, `strict=`.
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The lookup, or a `.csv` file's name.
        name: Spanned<String>,
        /// `where TERMS`
        filter: Option<Term>,
    },
    /// `outputlookup [append=t] … NAME`
    Outputlookup {
        /// `append=`, `override_if_empty=`, `key_field=`, `createinapp=`, …
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The lookup, or a `.csv` file's name.
        name: Spanned<String>,
    },
    /// `foreach f* … [ eval … ]`
    Foreach {
        /// `mode=`, `fieldstr=`, `matchstr=`, `itemstr=`, …
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The fields, wildcards allowed.
        fields: Vec<Field>,
        /// The text between the brackets, with `<<FIELD>>` and its like.
        template: Spanned<String>,
    },
    /// `chart` and `timechart`, told apart by the command's name.
    Chart(Chart),
    /// `top` and `rare`, told apart by the command's name.
    Top(Top),
    /// `replace "a" WITH "b", … [IN f …]`
    Replace {
        /// What is replaced, `*` as wildcard, and by what.
        pairs: Vec<(Spanned<String>, Spanned<String>)>,
        /// The fields; none is all.
        fields: Vec<Field>,
    },
    /// `mstats …`: metrics named in aggregates, wildcards allowed.
    Mstats(Tstats),
    /// `from datamodel:M.D`, `from lookup:L`; a blank may stand for the colon.
    From {
        /// `datamodel`, `lookup`, `savedsearch`.
        kind: Spanned<String>,
        /// `Endpoint.Processes`, quotes undone.
        name: Spanned<String>,
    },
    /// `transaction f … [maxspan=…] [startswith=…] …`
    Transaction(Transaction),
    /// `format [mvsep="OR"] [maxresults=n] ["(" "(" "AND" ")" "OR" ")"] [emptystr="NOT ()"]`
    Format {
        /// `mvsep=`, `maxresults=`, `emptystr=`.
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// What is put around and between rows and fields: none, or six.
        strings: Vec<Spanned<String>>,
    },
    /// `return [N] [f | $f | alias=f] …`
    Return {
        /// Rows; default 1.
        count: Option<u64>,
        /// What is returned.
        items: Vec<ReturnItem>,
    },
    /// `accum f [AS g]`, `delta f [AS g] [p=n]`, told apart by the command's name.
    Running {
        /// The field.
        field: Field,
        /// The new name.
        alias: Option<Field>,
        /// `p=` and others.
        options: Vec<(Spanned<String>, Spanned<String>)>,
    },
    /// `fit ALGORITHM f … [from g …] [by …] [options] [into M]`
    Fit(Fit),
    /// `apply M [options] [as f]`
    Apply {
        /// The model.
        model: Spanned<String>,
        /// `threshold=` and others.
        options: Vec<(Spanned<String>, Spanned<String>)>,
        /// The name of the result.
        alias: Option<Field>,
    },
    /// A command without a typed form (its name decides whether it is unknown or unsupported), one that uses a
    /// form that no variant holds, or one that could not be read.
    Other {
        /// Everything after the name, as written.
        arguments: String,
        /// Its place.
        span: Span,
        /// Pipelines in square brackets among the arguments.
        subsearches: Vec<Subsearch>,
    },
}

/// Options and fields, each in the order written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plain {
    /// `name=value` options, as written; a quoted value without its quotes.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields and other bare words; wildcards allowed.
    pub fields: Vec<Field>,
}

/// `rex`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Rex {
    /// `field=`; `_raw` when absent.
    pub field: Option<Field>,
    /// The expression with named groups, or the `sed` script; unescaped as in an eval string.
    pub pattern: Spanned<String>,
    /// `mode=sed`
    pub sed: bool,
    /// `max_match=`; default 1, 0 is all.
    pub max_match: Option<u64>,
    /// `offset_field=`
    pub offset_field: Option<Field>,
}

/// `multikv`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multikv {
    /// `forceheader=`, `noheader=`, `rmorig=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// `fields f …`
    pub fields: Vec<Field>,
    /// `filter w …`
    pub filter: Vec<Spanned<String>>,
}

/// A part of what `strcat` joins.
#[derive(Debug, Clone, PartialEq)]
pub enum StrcatPart {
    /// A field.
    Field(Field),
    /// Text in quotes.
    Text(Spanned<String>),
}

/// A command with a pipeline in brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct Piped {
    /// `name=value` options, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields of `join`.
    pub fields: Vec<Field>,
    /// The pipeline. Of `appendpipe` it starts with a command that works on results.
    pub subsearch: Subsearch,
}

/// `lookup`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// `local=`, `update=`, `event_time_field=`.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The lookup.
    pub name: Spanned<String>,
    /// What is looked for.
    pub inputs: Vec<LookupField>,
    /// `OUTPUT` or `OUTPUTNEW` with its fields; without it every column is given.
    pub output: Option<LookupOutput>,
}

/// `f [AS g]`: a lookup's field and the events' field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupField {
    /// The lookup's field.
    pub field: Field,
    /// The events' field; the same when absent.
    pub alias: Option<Field>,
}

/// The output clause of `lookup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupOutput {
    /// `OUTPUTNEW`: fields that exist keep their value.
    pub keep: bool,
    /// What is given.
    pub fields: Vec<LookupField>,
}

/// `chart`'s and `timechart`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// `limit=`, `useother=`, … wherever they stand, and `span=` and its like before BY and OVER.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed. `agg=count` is one of them.
    pub aggregates: Vec<Aggregate>,
    /// `OVER f`
    pub over: Option<ChartField>,
    /// `BY f [f]`
    pub by: Vec<ChartField>,
    /// `WHERE max in top5` behind BY: which columns are kept.
    pub filter: Option<SeriesFilter>,
}

/// A field of `chart` or `timechart`.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartField {
    /// The field.
    pub field: Field,
    /// `span=`, `bins=`, `minspan=`, `start=`, `end=`, `aligntime=` right behind it.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
}

/// Which columns of a chart are kept, by an aggregate of their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFilter {
    /// The aggregate.
    pub aggregate: Aggregate,
    /// What it must satisfy.
    pub test: SeriesTest,
}

/// A condition on a column of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesTest {
    /// `> 10`, `< 10`
    Compare {
        /// True for `>`.
        above: bool,
        /// The number as written.
        number: Spanned<String>,
    },
    /// `in top5`, `notin bottom5`
    Rank {
        /// True for `notin`.
        negated: bool,
        /// True for `bottom`.
        bottom: bool,
        /// How many.
        count: u64,
    },
}

/// `top`'s and `rare`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Top {
    /// `limit=`, `showperc=`, `countfield=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The number before the fields.
    pub limit: Option<u64>,
    /// Whose combinations are counted.
    pub fields: Vec<Field>,
    /// `BY f …`
    pub by: Vec<Field>,
}

/// `transaction`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// `maxspan=`, `maxpause=`, `connected=`, `keepevicted=`, `mvlist=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields that hold it together.
    pub fields: Vec<Field>,
    /// `startswith=`
    pub starts_with: Option<Boundary>,
    /// `endswith=`
    pub ends_with: Option<Boundary>,
}

/// What an event satisfies that begins or ends a transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Boundary {
    /// `"phrase"` or `(TERMS)`
    Terms(Term),
    /// `eval(EXPR)`
    Eval(Expr),
}

/// What `return` gives of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnItem {
    /// The name to give it; the field's own when absent.
    pub alias: Option<Field>,
    /// The field.
    pub field: Field,
    /// `$f`: the value alone.
    pub value_only: bool,
}

/// `fit`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// `DensityFunction`
    pub algorithm: Spanned<String>,
    /// What is modelled.
    pub targets: Vec<Field>,
    /// `from f …`
    pub from: Vec<Field>,
    /// `by "a,b"`
    pub by: Vec<Field>,
    /// `dist=`, `threshold=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// `into M`
    pub into: Option<Spanned<String>>,
}

/// A pipeline in square brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct Subsearch {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// From `[` to `]`.
    pub span: Span,
}

/// A field name as written, unquoted; may hold `*` where the command allows wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name without quotes.
    pub name: String,
    /// Its place, quotes included.
    pub span: Span,
}

/// A search term. `search` evaluates NOT, then OR, then AND (manual: "search command", "Boolean expressions").
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// All must hold (written or implied AND). At least two.
    And(Vec<Term>),
    /// One must hold. At least two.
    Or(Vec<Term>),
    /// `NOT term`
    Not(Box<Term>, Span),
    /// `field OP value`
    Compare {
        /// The field.
        field: Field,
        /// The comparison.
        op: CompareOp,
        /// The value, with `*` as wildcards.
        value: Pattern,
    },
    /// `field IN (v, …)`
    In {
        /// The field.
        field: Field,
        /// The values.
        values: Vec<Pattern>,
        /// The whole term.
        span: Span,
    },
    /// A bare word or phrase, looked for in `_raw`.
    Keyword(Pattern),
    /// `TERM(x)` or `CASE(x)`.
    Directive {
        /// `TERM` or `CASE`.
        name: Spanned<String>,
        /// The text inside.
        value: Pattern,
    },
    /// `[ … ]` as a filter.
    Subsearch(Subsearch),
}

/// A comparison of search terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The value of a search term: text in which `*` is any text. `\\` and `\"` are already undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The parts between wildcards: `["a", "b"]` is `a*b`, `["", "b", ""]` is `*b*`. One part is exact text.
    pub parts: Vec<String>,
    /// True when written in double quotes.
    pub quoted: bool,
    /// Its place.
    pub span: Span,
}

/// `tstats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tstats {
    /// `name=value` options wherever they stand, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed.
    pub aggregates: Vec<Aggregate>,
    /// `FROM datamodel=MODEL[.DATASET]`, with or without `=`.
    pub from: Option<Spanned<String>>,
    /// `WHERE TERMS`
    pub filter: Option<Term>,
    /// `BY f … [span=s]`
    pub by: Vec<ByField>,
}

/// A field of a BY clause.
#[derive(Debug, Clone, PartialEq)]
pub struct ByField {
    /// The field.
    pub field: Field,
    /// `span=` of it, as written.
    pub bucket: Option<Spanned<String>>,
}

/// `stats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stats {
    /// `name=value` options, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed.
    pub aggregates: Vec<Aggregate>,
    /// `BY f …`
    pub by: Vec<ByField>,
}

/// `streamstats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Streamstats {
    /// Options, aggregates and BY fields as those of `stats`.
    pub stats: Stats,
    /// `reset_before=(EXPR)`
    pub reset_before: Option<Expr>,
    /// `reset_after=(EXPR)`
    pub reset_after: Option<Expr>,
}

/// `function(argument) AS alias`
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// The function as written (`count`, `dc`, `perc95`).
    pub function: Spanned<String>,
    /// What it runs over; none for a bare `count`.
    pub argument: Option<AggregateArgument>,
    /// The result's name; else the text as printed, `max(_time)`.
    pub alias: Option<Field>,
    /// The whole.
    pub span: Span,
}

/// What an aggregate runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregateArgument {
    /// A field, wildcards allowed.
    Field(Field),
    /// `eval(EXPR)`
    Eval(Expr),
}

/// `field = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The field.
    pub field: Field,
    /// Its new value.
    pub expr: Expr,
}

/// `from AS to`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The old name, wildcards allowed.
    pub from: Field,
    /// The new name, with as many wildcards.
    pub to: Field,
}

/// `convert`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Convert {
    /// `timeformat=`; default `%m/%d/%Y %H:%M:%S`.
    pub timeformat: Option<Spanned<String>>,
    /// `function(field) [AS alias]`
    pub conversions: Vec<Aggregate>,
}

/// A key of `sort`.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The field.
    pub field: Field,
    /// True for `-`.
    pub descending: bool,
    /// `num`, `str`, `ip` or `auto` of `num(f)`; none is auto.
    pub kind: Option<String>,
}

/// An eval expression. Precedence as in eval: NOT, then AND, then OR. Chains of AND or OR are balanced trees: see [`Expr::chain`].
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its place.
    pub span: Span,
}

/// What an eval expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A field, bare or in single quotes.
    Field(String),
    /// Text in double quotes: `\"` and `\\` undone, other backslash pairs kept.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true`, `false` written bare.
    Bool(bool),
    /// `null` written bare.
    Null,
    /// `f(a, …)`; the name in lower case.
    Call {
        /// The function.
        name: Spanned<String>,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `NOT a`
    Not(Box<Expr>),
    /// `a OP b`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a IN (b, …)`
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// Among these.
        list: Vec<Expr>,
    },
    /// `a LIKE b`
    Like {
        /// The text.
        value: Box<Expr>,
        /// The SQL pattern.
        pattern: Box<Expr>,
    },
}

/// A binary operator of eval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `OR`
    Or,
    /// `XOR`
    Xor,
    /// `AND`
    And,
    /// `=` or `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+` (numbers add, text joins)
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `.`
    Concat,
}
