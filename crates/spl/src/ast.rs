//! The syntax tree of a search. Every node that a message may point at carries its span in the search's text.
//!
//! Three small languages meet in SPL: search terms ([`Term`]), eval expressions ([`Expr`]) and the
//! commands' own arguments. A command that has no typed form yet is [`CommandKind::Other`].

mod arguments;
mod expr;
mod term;

use text::Span;

pub use arguments::*;
pub use expr::{BinaryOp, Expr, ExprKind};
pub use term::{CompareOp, Pattern, Term};

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
