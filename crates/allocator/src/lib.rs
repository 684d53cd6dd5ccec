//! The allocator of Weir's programs.
//!
//! A scan makes and drops many buffers on many threads, which the system's allocator is slow at.
//!
//! This is the one crate with `unsafe`: its settings have no other way to be made.

pub use mimalloc::MiMalloc as Allocator;

/// The number of `mi_option_purge_delay` in mimalloc's table of options (`mimalloc.h`).
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// Keep memory that was freed for what comes next, and give none of it back to the system.
///
/// For a program that works and ends: giving memory back and asking for it again, cleared, took a sixth of a scan's time.
#[allow(unsafe_code, reason = "the setting is a C function")]
pub fn keep_freed_memory() {
    // SAFETY: it stores one number in a table of atomics, which may be done at any time and on any thread; an unknown option
    // number is ignored.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, -1) }
}

/// Let all threads use what this one has freed: each keeps its own otherwise, for what it will ask for next.
///
/// To be called on threads that are done with one kind of work, before others begin another.
#[allow(unsafe_code, reason = "it is a C function")]
pub fn share_freed_memory() {
    // SAFETY: it goes over what this thread has freed, and may be called at any time.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

#[cfg(test)]
mod tests {
    #[test]
    #[allow(unsafe_code, reason = "the setting is read by a C function")]
    fn the_option_is_the_one_meant() {
        // SAFETY: it reads one number.
        let delay = || unsafe { libmimalloc_sys::mi_option_get(super::PURGE_DELAY) };
        assert!(delay() > 0, "the delay is some milliseconds unless said");
        super::keep_freed_memory();
        assert_eq!(delay(), -1);
    }
}
