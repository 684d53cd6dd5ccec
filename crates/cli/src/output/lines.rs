//! Lines of JSON, made on all threads and written in their order.

use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;

/// Lines that are held in memory at a time, and those that a thread makes together.
const HELD: usize = 8192;
const TOGETHER: usize = 256;

/// Write an object a line.
pub(crate) fn write<T: Serialize + Sync>(objects: &[T], into: &mut dyn Write) -> std::io::Result<()> {
    for held in objects.chunks(HELD) {
        let made: Vec<serde_json::Result<Vec<u8>>> = held.par_chunks(TOGETHER).map(lines).collect();
        for lines in made {
            into.write_all(&lines?)?;
        }
    }
    Ok(())
}

fn lines<T: Serialize>(objects: &[T]) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for object in objects {
        serde_json::to_writer(&mut lines, object)?;
        lines.push(b'\n');
    }
    Ok(lines)
}
