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
    "anomalydetection" "apply" "arules" "associate" "autoregress" "af"
    "audit" "bucketdir" "chart" "cluster" "cofilter" "collect" "concurrency" "contingency" "correlate"
    "ctable" "cyberchef" "datamodelsimple" "dbinspect" "dbxquery" "dbxlookup" "dbxoutput" "delete"
    "delta" "diff" "dnstwist" "dump" "erex" "eventcount" "extract" "kv" "fieldformat" "fieldsummary"
    "filldown" "findtypes" "fit" "folderize" "fromjson" "gauge" "gentimes"
    "geom" "geomfilter" "geostats" "highlight" "history" "iconify" "inputcsv" "inputintelligence"
    "inputlookup" "iplocation" "kmeans" "kvform" "loadjob" "localize" "localop" "lookup"
    "makecontinuous" "makemv" "mcollect" "metadata" "metasearch"
    "meventcollect" "mpreview" "msearch" "mstats" "multikv" "multisearch" "mvcombine" "mvexpand"
    "nomv" "outlier" "outputcsv" "outputlookup" "outputtext" "overlap" "pivot" "predict" "rangemap"
    "rare" "redistribute" "relevancy" "reltime" "replace" "require" "rest" "reverse" "rex"
    "rtorder" "run" "savedsearch" "script" "scrub" "searchtxn" "selfjoin" "sendalert" "sendemail"
    "sendmodalert" "set" "sichart" "sirare" "sistats" "sitimechart" "sitop"
    "spath" "strcat" "sumindex" "summary" "listmodels" "deletemodel" "score" "sample" "tags" "tail" "timechart" "timewrap" "tojson"
    "top" "transpose" "trendline" "tscollect" "typeahead" "typelearner" "typer"
    "union" "uniq" "untable" "walklex" "x11" "xmlkv" "xmlunescape" "xpath" "xyseries"
    "crawl"

}
