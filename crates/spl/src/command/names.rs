//! The commands of SPL without a form in the tree.

/// A command of SPL that is kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    /// Its name.
    pub name: &'static str,
}

macro_rules! others {
    ($($name:literal)*) => {
        /// Their names, from the manual's list "Command quick reference", with those that Enterprise
        /// Security, the Machine Learning Toolkit and common apps bring and that content names.
        pub const OTHERS: &[Other] = &[$(Other { name: $name },)*];
    };
}

others! {
    "abstract" "accum" "addcoltotals" "addinfo" "addtotals" "analyzefields" "anomalies" "anomalousvalue"
    "anomalydetection" "append" "appendcols" "appendpipe" "apply" "arules" "associate" "autoregress" "af"
    "audit" "bucketdir" "chart" "cluster" "cofilter" "collect" "concurrency" "contingency" "correlate"
    "ctable" "cyberchef" "datamodel" "datamodelsimple" "dbinspect" "dbxquery" "dbxlookup" "dbxoutput" "delete"
    "delta" "diff" "dnstwist" "dump" "erex" "eventcount" "extract" "kv" "fieldformat" "fieldsummary"
    "filldown" "findtypes" "fit" "folderize" "foreach" "format" "from" "fromjson" "gauge" "gentimes"
    "geom" "geomfilter" "geostats" "highlight" "history" "iconify" "inputcsv" "inputintelligence"
    "join" "kmeans" "kvform" "loadjob" "localize" "localop"
    "makecontinuous" "makemv" "makeresults" "map" "mcollect" "metadata" "metasearch"
    "meventcollect" "mpreview" "msearch" "mstats" "multikv" "multisearch" "mvcombine" "mvexpand"
    "nomv" "outlier" "outputcsv" "outputtext" "overlap" "pivot" "predict" "rangemap"
    "rare" "redistribute" "relevancy" "reltime" "replace" "require" "rest" "return" "reverse" "rex"
    "rtorder" "run" "savedsearch" "script" "scrub" "searchtxn" "selfjoin" "sendalert" "sendemail"
    "sendmodalert" "set" "sichart" "sirare" "sistats" "sitimechart" "sitop"
    "spath" "strcat" "sumindex" "summary" "listmodels" "deletemodel" "score" "sample" "tags" "tail" "timechart" "timewrap" "tojson"
    "top" "transaction" "transam" "transpose" "trendline" "tscollect" "typeahead" "typelearner" "typer"
    "union" "uniq" "untable" "walklex" "x11" "xmlkv" "xmlunescape" "xpath" "xyseries"
    "crawl"

}
