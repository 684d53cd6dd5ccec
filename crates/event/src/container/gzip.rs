//! gzip, one stream or several end to end; the tar inside a tar.gz is never held as a whole.

use std::io::{Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use super::caps::{Metered, ratio_bytes};
use super::{Opener, tar};

impl Opener<'_> {
    pub(super) fn open_gzip(&mut self, name: &str, bytes: &[u8], depth: u8) {
        let size = bytes.len() as u64;
        let mut decoder = MultiGzDecoder::new(bytes);
        let mut head = Vec::new();
        // An error here comes again where the rest is read: the decoder stays at it.
        let head_result = decoder.by_ref().take(tar::BLOCK).read_to_end(&mut head);
        if head_result.is_ok() && tar::is_tar(&head) {
            let left = ratio_bytes(&self.limits, size);
            let mut stream = Metered { inner: Cursor::new(head).chain(decoder), left, max_ratio: self.limits.max_ratio };
            return self.open_tar(name, &mut stream, depth);
        }
        // A fresh decoder, so that what came before an error and the error itself are seen in order.
        self.open_member(name, &mut MultiGzDecoder::new(bytes), Some(size), depth);
    }
}
