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
    "abstract" "analyzefields" "anomalies" "anomalousvalue" "arules" "associate" "autoregress" "af" "audit"
    "bucketdir" "cluster" "cofilter" "collect" "concurrency" "contingency" "correlate" "ctable" "cyberchef"
    "datamodelsimple" "dbinspect" "dbxquery" "dbxlookup" "dbxoutput" "delete" "diff" "dnstwist" "dump" "erex"
    "eventcount" "fieldsummary" "findtypes" "folderize" "gauge" "gentimes" "geom" "geomfilter" "geostats" "highlight"
    "history" "iconify" "inputcsv" "inputintelligence" "kmeans" "kvform" "loadjob" "localize" "localop" "mcollect"
    "metadata" "metasearch" "meventcollect" "mpreview" "msearch" "multisearch" "outputcsv" "outputtext" "overlap"
    "pivot" "predict" "redistribute" "relevancy" "reltime" "require" "rest" "rtorder" "run" "savedsearch" "script"
    "scrub" "searchtxn" "selfjoin" "sendalert" "sendemail" "sendmodalert" "set" "sichart" "sirare" "sistats"
    "sitimechart" "sitop" "sumindex" "score" "sample" "tags" "timewrap" "tojson" "trendline" "tscollect" "typeahead"
    "typelearner" "typer" "union" "walklex" "x11" "xpath"
    "crawl"

}
