//! Where addresses are: a database in MaxMind's format (GeoLite2-City, GeoIP2-City, DB-IP City Lite).

use std::fmt;
use std::net::IpAddr;

use maxminddb::geoip2::{City, Names};
use maxminddb::{MaxMindDbError, Reader};
use spl::compare::Network;

/// A database of addresses.
pub struct Geo {
    reader: Reader<Vec<u8>>,
}

/// Why a database of addresses cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the database of addresses cannot be read")]
pub struct GeoError(#[from] MaxMindDbError);

impl Geo {
    /// Read a database from the bytes of its file.
    ///
    /// # Errors
    /// When they are not in MaxMind's format.
    pub fn new(bytes: Vec<u8>) -> Result<Self, GeoError> {
        Ok(Self { reader: Reader::from_source(bytes)? })
    }

    /// What is known of an address, or of the first one of a network: a text for each of `parts`. `None` where the database
    /// does not have it, such as a private address.
    pub(crate) fn locate(
        &self,
        address: &str,
        parts: &[Part],
        languages: &[String],
    ) -> Result<Option<Vec<String>>, GeoError> {
        let address = address.trim();
        let first = || Network::parse(address).map(|network| network.first());
        // What is no address is nowhere.
        let Some(address) = address.parse::<IpAddr>().ok().or_else(first) else { return Ok(None) };
        let found = match self.reader.lookup(address.to_canonical()) {
            // A database of the old addresses has none of the new.
            Err(MaxMindDbError::InvalidInput { .. }) => return Ok(None),
            found => found?,
        };
        let city = found.decode::<City<'_>>()?;
        Ok(city.map(|city| parts.iter().map(|part| part.of(&city, languages)).collect()))
    }
}

impl fmt::Debug for Geo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Geo({})", self.reader.metadata().database_type)
    }
}

/// A part of a location, as Splunk calls its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    City,
    Continent,
    Country,
    MetroCode,
    Region,
    Timezone,
    Latitude,
    Longitude,
}

impl Part {
    /// The part of this name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        Some(match name {
            "City" => Self::City,
            "Continent" => Self::Continent,
            "Country" => Self::Country,
            "MetroCode" => Self::MetroCode,
            "Region" => Self::Region,
            "Timezone" => Self::Timezone,
            "lat" => Self::Latitude,
            "lon" => Self::Longitude,
            _ => return None,
        })
    }

    /// Its text; empty where the database does not say (manual: "an event can have empty field values").
    fn of(self, city: &City<'_>, languages: &[String]) -> String {
        let region = city.subdivisions.first();
        let named = |names: &Names<'_>, code: Option<&str>| name(names, code, languages);
        match self {
            Self::City => named(&city.city.names, None),
            Self::Continent => named(&city.continent.names, city.continent.code),
            Self::Country => named(&city.country.names, city.country.iso_code),
            Self::Region => region.map(|region| named(&region.names, region.iso_code)).unwrap_or_default(),
            Self::MetroCode => city.location.metro_code.map(|code| code.to_string()).unwrap_or_default(),
            Self::Timezone => city.location.time_zone.unwrap_or_default().to_owned(),
            Self::Latitude => degrees(city.location.latitude),
            Self::Longitude => degrees(city.location.longitude),
        }
    }
}

/// A name in the first language that has one; in English where none is asked for.
fn name(names: &Names<'_>, code: Option<&str>, languages: &[String]) -> String {
    let in_language = |language: &String| match language.to_lowercase().as_str() {
        "code" => code,
        "de" => names.german,
        "en" => names.english,
        "es" => names.spanish,
        "fr" => names.french,
        "ja" => names.japanese,
        "pt" | "pt-br" => names.brazilian_portuguese,
        "ru" => names.russian,
        "zh" | "zh-cn" => names.simplified_chinese,
        _ => None,
    };
    languages.iter().find_map(in_language).or(names.english).unwrap_or_default().to_owned()
}

/// Degrees with five decimals, as the manual's example shows them.
fn degrees(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.5}")).unwrap_or_default()
}
