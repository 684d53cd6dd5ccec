//! One module a command of `weir`.

pub(crate) mod content_check;
pub(crate) mod content_cost;
pub(crate) mod content_list;
pub(crate) mod content_show;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod ingest;
pub(crate) mod packs_test;
pub(crate) mod reference;
pub(crate) mod scan;
pub(crate) mod search;
pub(crate) mod sources;
