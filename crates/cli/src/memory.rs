//! Memory: what this process has held, and what searches may hold.

use std::fs;

/// Peak resident set in bytes, from `/proc/self/status`; `None` where the system has no such file.
pub(crate) fn peak_rss_bytes() -> Option<u64> {
    kilobytes("/proc/self/status", "VmHWM:")
}

/// What searches may hold together: as asked for, else half of what the machine, or the container, has. `None` where that is
/// not known.
pub(crate) fn limit(asked: Option<usize>) -> Option<usize> {
    let machine = kilobytes("/proc/meminfo", "MemTotal:");
    let container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    let least = machine.into_iter().chain(container).min();
    asked.or(least.and_then(|bytes: u64| usize::try_from(bytes / 2).ok()))
}

/// `800M`, `4G`, or bytes.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let (digits, unit) = text.split_at(text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len()));
    let shift = match unit.to_ascii_uppercase().as_str() {
        "" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err(format!("`{text}` is no size; write a number with K, M or G behind it")),
    };
    let number: usize = digits.parse().map_err(|_| format!("`{text}` begins with no number"))?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes > 0).ok_or_else(|| format!("`{text}` is out of range"))
}

/// A number of kilobytes in one of the kernel's tables.
fn kilobytes(path: &str, key: &str) -> Option<u64> {
    let table = fs::read_to_string(path).ok()?;
    let line = table.lines().find_map(|line| line.strip_prefix(key))?;
    let number: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(number * 1024)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("512"), Ok(512));
        assert_eq!(size("4g"), Ok(4 << 30));
        assert_eq!(size("800MiB"), Ok(800 << 20));
        for bad in ["", "x", "0", "4T", "-1", "99999999999999999999", "18446744073709551615K"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
