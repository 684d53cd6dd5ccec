//! The commands of SPL without a form in the tree.

/// A command of SPL that is kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    /// Its name.
    pub name: &'static str,
}

/// Commands that an app of its own brings, and the app.
const APPS: &[(&str, &str)] = &[
    ("cyberchef", "CyberChef for Splunk"),
    ("dbxlookup", "Splunk DB Connect"),
    ("dbxoutput", "Splunk DB Connect"),
    ("dbxquery", "Splunk DB Connect"),
    ("dnstwist", "ES Content Updates, which dropped it"),
    ("inputintelligence", "Splunk Enterprise Security"),
    ("sample", "Splunk Machine Learning Toolkit"),
    ("score", "Splunk Machine Learning Toolkit"),
];

/// The app that brings a command, where Splunk itself does not have it.
pub fn app_of(name: &str) -> Option<&'static str> {
    APPS.iter().find(|(command, _)| command.eq_ignore_ascii_case(name)).map(|(_, app)| *app)
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
    "append" "appendcols" "appendpipe" "arules" "associate" "autoregress" "af"
    "audit" "bucketdir" "chart" "cluster" "cofilter" "collect" "concurrency" "contingency" "correlate"
    "ctable" "cyberchef" "datamodel" "datamodelsimple" "dbinspect" "dbxquery" "dbxlookup" "dbxoutput" "delete"
    "delta" "diff" "dnstwist" "dump" "erex" "eventcount" "fieldformat" "fieldsummary"
    "filldown" "findtypes" "folderize" "foreach" "format" "from" "gauge" "gentimes"
    "geom" "geomfilter" "geostats" "highlight" "history" "iconify" "inputcsv" "inputintelligence"
    "inputlookup" "iplocation" "join" "kmeans" "kvform" "loadjob" "localize" "localop" "lookup"
    "makecontinuous" "makeresults" "map" "mcollect" "metadata" "metasearch"
    "meventcollect" "mpreview" "msearch" "multisearch"
    "outputcsv" "outputlookup" "outputtext" "overlap" "pivot" "predict" "rangemap"
    "rare" "redistribute" "relevancy" "reltime" "require" "rest" "return" "reverse"
    "rtorder" "run" "savedsearch" "script" "scrub" "searchtxn" "selfjoin" "sendalert" "sendemail"
    "sendmodalert" "set" "sichart" "sirare" "sistats" "sitimechart" "sitop"
    "sumindex" "score" "sample" "tags" "tail" "timechart" "timewrap" "tojson"
    "top" "transaction" "transam" "transpose" "trendline" "tscollect" "typeahead" "typelearner" "typer"
    "union" "uniq" "untable" "walklex" "x11" "xpath" "xyseries"
    "crawl"

}
