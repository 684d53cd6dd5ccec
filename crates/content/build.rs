//! Builds the crate anew when a file of the bundled content folder comes, goes or changes.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
