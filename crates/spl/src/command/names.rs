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
    "abstract" "analyzefields" "anomalies" "anomalousvalue" "anomalydetection" "apply" "arules" "associate"
    "autoregress" "af" "audit" "bucketdir" "cluster" "cofilter" "collect" "concurrency" "contingency" "correlate"
    "ctable" "cyberchef" "datamodelsimple" "dbinspect" "dbxquery" "dbxlookup" "dbxoutput" "delete" "diff" "dnstwist"
    "dump" "erex" "eventcount" "fieldsummary" "findtypes" "fit" "folderize" "gauge" "gentimes" "geom" "geomfilter"
    "geostats" "highlight" "history" "iconify" "inputcsv" "inputintelligence" "kmeans" "kvform" "loadjob" "localize"
    "localop" "mcollect" "metadata" "metasearch" "meventcollect" "mpreview" "msearch" "mstats" "multisearch" "outlier"
    "outputcsv" "outputtext" "overlap" "pivot" "predict" "redistribute" "relevancy" "reltime" "require" "rest"
    "rtorder" "run" "savedsearch" "script" "scrub" "searchtxn" "selfjoin" "sendalert" "sendemail" "sendmodalert" "set"
    "sichart" "sirare" "sistats" "sitimechart" "sitop" "sumindex" "summary" "listmodels" "deletemodel" "score"
    "sample" "tags" "timewrap" "tojson" "trendline" "tscollect" "typeahead" "typelearner" "typer" "union" "walklex"
    "x11" "xpath"
    "crawl"

}
