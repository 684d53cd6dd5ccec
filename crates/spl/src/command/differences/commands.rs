//! By command.

use super::{ASCII_CLASSES, UTC};

const NO_LIMIT: &str =
    "A subsearch has no limit of results unless `maxout=` gives one; `maxtime=` and `timeout=` change nothing.";
const TOP_ORDER: &str = "Equal counts stand in the order of the values as text.";
const SIX_DECIMALS: &str = "Percentages have six decimals.";
const NO_WILDCARD: &str = "A wildcard in the names of fields is refused.";

/// By name of the command: one sentence each.
pub const COMMANDS: &[(&str, &[&str])] = &[
    ("accum", &["In place, a value that is no number stays."]),
    ("addcoltotals", &["Without results no row of totals is added."]),
    ("addinfo", &["`info_sid` is the time of the search's run."]),
    ("addtotals", &["A row without numbers has the total 0."]),
    ("anomalydetection", &["Only `method=iqr` runs: the manual leaves open how the other methods compute."]),
    ("append", &[NO_LIMIT, "`extendtimerange=true` is refused."]),
    ("appendcols", &[NO_LIMIT, "Fields whose names begin with `_` are not taken over."]),
    ("appendpipe", &["`run_in_preview=` changes nothing: there are no previews."]),
    (
        "apply",
        &[
            "A row whose group the model does not know gets no results, nor does a row without a number.",
            "`sample=true` and `full_sample=true`, which give random values, are refused; `random_state=` changes \
            nothing.",
            "Several values of a threshold at once are refused.",
        ],
    ),
    (
        "bin",
        &[
            "Without `span=`, numbers get the smallest power of ten that gives no more than `bins` ranges.",
            "Without `span=`, times get a span of the manual's list, and years beyond it.",
            "A number at or below 0 has no logarithmic range and stays as it is.",
        ],
    ),
    (
        "chart",
        &[
            "Numbers and times are put into ranges only where an option asks for it, although the manual speaks of \
            a default.",
            "Rows are sorted by their field, numbers by size; columns by name, then `OTHER`, then `NULL`.",
            "`OTHER` aggregates the rows behind it, and a value that is called so counts in it.",
            "`limit` does not count `NULL`.",
            "`eval` over aggregates and `sparkline` are refused, and so is `where` beside several aggregates.",
        ],
    ),
    (
        "convert",
        &[
            "Only `ctime()` runs; `auto`, `dur2sec`, `memk`, `mktime`, `mstime`, `none`, `num`, `rmcomma` and \
            `rmunit` are refused.",
            UTC,
        ],
    ),
    (
        "datamodel",
        &[
            "It is refused without a dataset and `search` or `flat`, and with `acceleration_search`.",
            "`strict_fields=false` is refused: rows have the dataset's fields and the default ones.",
            "`summariesonly=` and `allow_old_summaries=` change nothing: datasets are always complete.",
        ],
    ),
    ("dedup", &["`sortby` sorts before the first rows are taken."]),
    (
        "eval",
        &[
            "`.` binds looser than `+`.",
            "An unquoted `a.b` is a concatenation; `'a.b'` is a field.",
            "`+` joins where one side is text written out or made by a function of text, and adds where one is a \
            number.",
            "`+` of two fields adds when both look like numbers.",
            "The rounding of results to the precision of the input is left out: a result has as many digits as it \
            needs.",
            "A division by zero and `X % 0` are null; other results that are no number are `nan`, `inf` and `-inf`.",
            "`{f}=…` changes nothing in a row where `f` is null; of several values each makes a field.",
            "`{f}` inside an expression is refused.",
        ],
    ),
    ("eventstats", &["A wildcard or `span=` behind BY is refused."]),
    (
        "extract",
        &[
            "The name of an extraction of transforms.conf is refused.",
            "`segment=true` and `auto=false` without delimiters are refused; `reload=` changes nothing.",
            "`pairdelim=` without `kvdelim=` is refused, and the other way round.",
            "Blanks around keys and values do not belong to them, and quotes keep delimiters in a value.",
            "A pair without a key or without a value is none.",
        ],
    ),
    ("fieldformat", &["It changes nothing: results are values."]),
    ("fillnull", &["A name with `*` means the fields that it matches."]),
    (
        "fit",
        &[
            "Only `DensityFunction` runs.",
            "`partial_fit=true`, `sample=true` and `full_sample=true` are refused; `random_state=` changes nothing.",
            "Several values of a threshold at once and a wildcard as the modelled field are refused.",
            "Thresholds begin at 0.000000001; the manual names two lower limits.",
            "A row without a number or without a by-field gets no results.",
            "In a group whose values are all equal no row is an outlier, and `BoundaryRanges` is null.",
            "`app:` before a model's name is left off: all models are in one place.",
        ],
    ),
    (
        "foreach",
        &[
            "`mode=` other than `multifield` is refused.",
            "Commands other than `eval` in the subsearch are refused.",
            "A field is taken once, by the first pattern that matches it.",
            "`*` does not reach internal fields.",
        ],
    ),
    (
        "format",
        &[
            "Fields are written in the order of their names.",
            "Fields without a value and fields whose names begin with `_` are left out.",
        ],
    ),
    (
        "from",
        &[
            "A saved search as dataset is refused.",
            "A data model with several root datasets is refused where none of them is named.",
            "A dataset gives its own fields and the default ones.",
            "Tables of a lake keep no `_raw` for datasets: a search that reads it there fails.",
        ],
    ),
    (
        "fromjson",
        &[
            "An array is several values, and an object in it or in a member is its text.",
            "`null` is no value, and what is no whole JSON object gives nothing.",
        ],
    ),
    ("head", &["A condition without a number beside it has no limit."]),
    (
        "inputlookup",
        &[
            "`start=` and `max=` count rows of the table, before `where`.",
            "Behind other commands it needs `append=true`.",
            "`strict=` changes nothing: a lookup that cannot be read stops the search.",
            "A file that nobody has loaded is empty until a search writes it.",
            "Blanks around the cells of a CSV file, headers included, are no part of them; quoted text keeps its \
            own.",
            "An empty cell is no value.",
            "Words without a field in `where` are refused.",
        ],
    ),
    (
        "iplocation",
        &[
            "Places come from a database in MaxMind's format that the user gives; without one it fails.",
            "Of several addresses each is looked up.",
            "A field that is there already stays where an address has no place.",
        ],
    ),
    (
        "join",
        &[
            "The subsearch has no limit of results.",
            "Values agree when they are printed the same; a row without a value for one of the fields agrees with \
            none.",
            "Without field names all common fields count but those whose names begin with `_`; without any it is \
            refused.",
            "An absent right value replaces no left one.",
            "`usetime=true` and a wildcard in the fields are refused.",
        ],
    ),
    ("listmodels", &["The columns are `name` and `type`."]),
    (
        "lookup",
        &[
            "`OUTPUT` empties an output field where no row matches; `OUTPUTNEW` fills each one that has no value \
            yet.",
            "A row without a value for one of the compared fields is not looked up, and gets no default either.",
            "Several values of a compared field are looked up one after the other, of several such fields every \
            combination.",
            "An empty cell equals nothing, and as an output it gives nothing, not the default.",
            "Without `max_matches` 100 rows match at most, as in Splunk since 7.2.",
            "With `case_sensitive_match=false` an ASCII letter never equals a non-ASCII one.",
            "`event_time_field=` is refused; `local=` and `update=` change nothing.",
        ],
    ),
    ("makecontinuous", &["Rows come in the order of the field's ranges; a row without a value is dropped."]),
    (
        "makemv",
        &["Each of several values is split.", "A value of which nothing is left is null.", "`setsv=true` is refused."],
    ),
    (
        "makeresults",
        &[
            "Rows of `data=` have the fields that it names and no `_time`.",
            "`splunk_server=` and `splunk_server_group=` are refused.",
        ],
    ),
    (
        "map",
        &[
            "A value is put in quotes where its token stands outside of quotes, unless it is a number.",
            "A token without a value stays as it is written.",
            "It runs behind `append` and `appendpipe`, where Splunk refuses it.",
            "`maxsearches=0` is an error.",
        ],
    ),
    (
        "mcatalog",
        &[
            "`values(_dims)` leaves out `host`, `index`, `source` and `sourcetype`.",
            "`prestats=true` and `append=true` are refused.",
        ],
    ),
    (
        "mstats",
        &[
            "`span=auto` is refused, and without `span=` rows have no `_time`.",
            "`prestats=true`, `append=true`, `chart=true` and `every=` are refused.",
            "Grouping by `_timeseries` is refused.",
        ],
    ),
    (
        "multikv",
        &[
            "The header is the first line of words without a number, capitalised lines before others.",
            "A header with commas makes a table of commas, any other one of columns parted by blanks.",
            "Values keep their quotes, and a row that gives no line stays.",
            "`conf=` and a wildcard in the field list are refused.",
        ],
    ),
    ("mvcombine", &["The row stands where the first of those that it replaces stood."]),
    ("mvexpand", &["A row without a value is dropped; where no row has one, all stay."]),
    (
        "outlier",
        &[
            "Percentiles are those of `stats`.",
            "A field that holds a number is numeric, and its other values are left alone.",
            "Fields whose names begin with `_` are taken only by name.",
            NO_WILDCARD,
        ],
    ),
    (
        "outputlookup",
        &[
            "What a search writes the other searches of a run see in the next run, put together in the order of the \
            searches.",
            "A collection keeps the fields that its definition lists; keys that it makes itself count up.",
            "`allow_updates=false` is refused; `create_context=`, `create_empty=` and `createinapp=` change nothing.",
        ],
    ),
    ("rare", &[TOP_ORDER, SIX_DECIMALS, NO_WILDCARD, "Two columns of one name are refused."]),
    ("regex", &[ASCII_CLASSES]),
    ("rename", &["`X.* as *` onto a name that exists replaces that field."]),
    (
        "replace",
        &[
            "Letter case counts.",
            "Values that `stats` or `eval` made are replaced too.",
            "A wildcard in the field list is refused.",
        ],
    ),
    ("return", &["A field without a value is left out.", "Without results it writes what `format` writes then."]),
    (
        "rex",
        &[
            "A row without a match, and a group that takes no part in one, leave the field as it was.",
            "Of a field with several values each is searched or edited.",
            "`offset_field` counts in characters and puts `&` between several groups.",
            ASCII_CLASSES,
        ],
    ),
    (
        "search",
        &[
            "`AND`, `OR`, `NOT` and `IN` are operators only in capitals; in lower case they are keywords.",
            "`==` means `=`.",
            r#"`\\` is a backslash, `\"` a quote; any other backslash stays with the letter behind it."#,
            "`*` cannot be escaped.",
            "Letters match in any case, but an ASCII letter never equals a non-ASCII one.",
            "`=` compares as numbers when both sides are numbers below 2^53, else as text.",
            "A value such as `10.0.0.0/8` matches addresses of that network, and the same text.",
            "A keyword stands in `_raw` between characters that are no letter and no digit; without `_raw` none is \
            found.",
            "`TERM()` is bounded by the major breakers of the default `segmenters.conf`.",
            "`tag=` and `tag::eventtype=` ask for the tags of event types; `tag::FIELD=` of other fields is refused.",
            "`date_hour` and its like are those of `_time`, not of the time as the event's text writes it.",
            "Every event is in the index `main`.",
            "Fields that events do not keep, such as `_indextime`, `punct` and `splunk_server`, are refused.",
            "Time modifiers in an OR or behind NOT are refused, and so is one that is given twice.",
            "`latest` without `earliest` leaves the beginning as the search was dispatched.",
            "`_index_earliest=`, `_index_latest=`, `searchtimespan…=`, `timeformat=` and real-time searches are \
            refused.",
            "Repeated and trailing commas in `IN (…)` are ignored.",
            "A subsearch has no limit of results or time.",
            "Of a subsearch's results, fields without a value and fields whose names begin with `_` ask nothing.",
            "A subsearch without results matches nothing.",
        ],
    ),
    (
        "sort",
        &[
            "Numbers come before addresses before other text, where Splunk compares two values by what both are.",
            "Rows without a value come last in either direction.",
        ],
    ),
    (
        "spath",
        &[
            "A JSON `null` is the text `null`, and an empty string is a value.",
            "Each value of a multivalue field is a document.",
            "A path that leads nowhere leaves the field as it was.",
            "A document that is cut off or broken gives what stands before.",
        ],
    ),
    (
        "stats",
        &[
            "Rows are sorted by their by-fields: times by time, all else as text, so `10` comes before `9`.",
            "`allnum=true` looks at the values of each group.",
            "An aggregate without an alias is named as written.",
            "Beside `min(t) as t`, `values(*) as *` leaves `t` out.",
            "`delim=` and a wildcard or `span=` behind BY are refused.",
            "`earliest`, `latest` and their like are refused where `_time` no longer exists.",
            "A sparkline covers the search's time, or that of the events where it is open, in at most 100 spans \
            without a span.",
            "A span without a result counts as 0 in a sparkline.",
            "A sparkline of an expression or of several fields is refused.",
        ],
    ),
    (
        "streamstats",
        &[
            "A row without a by-field gets nothing and is in no window.",
            "A reset forgets the rows of all groups.",
            "A row that is as far away as `time_window` is long is no longer in the window.",
            "A window of more than 10,000 rows is refused.",
        ],
    ),
    ("summary", &["How `distance` and `other` are written is our reading."]),
    (
        "timechart",
        &[
            "Rows cover the search's time; where an end of it is open, or it begins at 0, the events decide.",
            "Without events there are rows only where no field splits the columns.",
            "Behind BY, a span with a unit of time is that of the rows, where the manual gives it to the split \
            field.",
            "Numbers that split the columns are put into ranges only where an option asks for it.",
            "Columns are sorted by name, then `OTHER`, then `NULL`.",
            "`eval` over aggregates and `sparkline` are refused, and so is `where` beside several aggregates.",
        ],
    ),
    ("top", &[TOP_ORDER, SIX_DECIMALS, NO_WILDCARD, "Two columns of one name are refused."]),
    (
        "transaction",
        &[
            "An event joins the open transaction that it contradicts in no field and shares a value with.",
            "Of several such transactions it joins the one that got an event last.",
            "An event without a value for any of the fields is in no transaction, unless `connected=false`.",
            "`startswith` closes a transaction and `endswith` opens one, as events come newest first.",
            "One that lacks either, where asked for, is evicted; without them, what is open at the end is kept.",
            "A span of just `maxspan` and a pause of just `maxpause` are still within.",
            "Lists of `mvlist` are in the order of time, and results come by `_time`, newest first.",
            "`name=`, `delim=`, `maxopentxn=` and `maxopenevents=` are refused; `unifyends=` changes nothing.",
            "A subsearch in `startswith` or `endswith` is refused, and so is the command where `_time` no longer \
            exists.",
        ],
    ),
    (
        "transpose",
        &["A row without a heading makes the column `row N`; of two rows with one heading the first \
    stays."],
    ),
    (
        "tstats",
        &[
            "`_time` in the BY clause without a span has spans of a second.",
            "`span=` belongs to `_time` wherever in the BY clause it stands; buckets count from the epoch.",
            "A by-field with several values puts its row in several groups.",
            "`fillnull_value` fills by-fields and never reaches the WHERE clause.",
            "`prestats=true` and `append=true` are refused.",
            "`summariesonly=` and `allow_old_summaries=` change nothing: the rows are always complete.",
            "`local=`, `chunk_size=`, `include_reduced_buckets=` and `use_summary_index_values=` change nothing.",
            "Without a dataset all root datasets of the model are read; a field of one is null in rows of the \
            others.",
            "Without a data model only `_time`, `host`, `index`, `source` and `sourcetype` are read, other fields \
            are refused.",
            "A child dataset's field is null in rows that are not in the child; fields of several children are \
            refused.",
            "Words without a field in the WHERE clause are refused.",
        ],
    ),
    ("untable", &["Cells without a value and fields whose names begin with `_` are left out."]),
    (
        "where",
        &["Any value of a multivalue field may satisfy a comparison.", "`NOT` of null is null, so the row is dropped."],
    ),
    ("xmlkv", &["A name that comes twice has several values, and entities stay as they are written."]),
    ("xmlunescape", &["Entities that XML does not know, such as `&nbsp;`, stay."]),
    (
        "xyseries",
        &["Rows are sorted unless `grouped=true`, columns by name.", "Of two values for one cell the later counts."],
    ),
];
