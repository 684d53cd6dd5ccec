//! Tests of packs, as data: events in, dataset rows out.
