//! Models: a density for each group of rows, kept as JSON between searches.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Metric;
use super::distribution::{Distribution, Family};
use super::regions::{Region, Thresholds, regions};
use super::sample::Sample;

/// The version of the stored form.
const VERSION: u32 = 1;

/// How a model is to be fitted.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// What is modelled.
    pub(crate) field: String,
    /// A density for each combination of these.
    pub(crate) by: Vec<String>,
    /// `auto`, or the names of densities.
    pub(crate) densities: Densities,
    /// How the distance between density and data is measured.
    pub(crate) metric: Metric,
    /// The area of outliers.
    pub(crate) thresholds: Thresholds,
    /// Rows also get the density.
    pub(crate) show_density: bool,
}

/// Which densities are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Densities {
    /// This one.
    One(String),
    /// The one that is nearest to the data, of all but these.
    Nearest {
        /// Left out.
        except: Vec<String>,
    },
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Model {
    version: u32,
    /// The only algorithm there is: `DensityFunction`.
    pub(crate) algorithm: String,
    /// What is modelled.
    pub(crate) field: String,
    /// The fields of the groups.
    pub(crate) by: Vec<String>,
    /// The densities were chosen by their distance.
    automatic: bool,
    metric: Metric,
    /// The area of outliers.
    pub(crate) thresholds: Thresholds,
    /// Rows also get the density.
    pub(crate) show_density: bool,
    /// One density a group, in the order of the groups' values.
    groups: Vec<Group>,
}

/// The density of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// The values of the by-fields.
    pub(crate) key: Vec<String>,
    distribution: Distribution,
    /// The least value of the data.
    pub(crate) min: f64,
    /// The greatest value of the data.
    pub(crate) max: f64,
    /// Number of values.
    pub(crate) cardinality: f64,
    distance: f64,
}

impl Model {
    /// Fit a density to each group's numbers. Groups without a number get none.
    pub(crate) fn fit(settings: &Settings, groups: &BTreeMap<Vec<String>, Vec<f64>>) -> Self {
        let fitted = groups.iter().filter_map(|(key, numbers)| {
            let sample = Sample::new(numbers)?;
            let (distribution, distance) = choose(&settings.densities, settings.metric, &sample)?;
            let (min, max, cardinality) = (sample.min(), sample.max(), sample.count());
            Some(Group { key: key.clone(), distribution, min, max, cardinality, distance })
        });
        Self {
            version: VERSION,
            algorithm: "DensityFunction".to_owned(),
            field: settings.field.clone(),
            by: settings.by.clone(),
            automatic: matches!(settings.densities, Densities::Nearest { .. }),
            metric: settings.metric,
            thresholds: settings.thresholds,
            show_density: settings.show_density,
            groups: fitted.collect(),
        }
    }

    /// Its stored form.
    pub(crate) fn store(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Read a stored form.
    pub(crate) fn read(stored: &str) -> Result<Self, String> {
        let mut model: Self = serde_json::from_str(stored).map_err(|error| error.to_string())?;
        if model.version != VERSION {
            return Err(format!("it has version {}, and version {VERSION} is known", model.version));
        }
        for group in &mut model.groups {
            if let Distribution::GaussianKde(kde) = &mut group.distribution {
                kde.index();
            }
        }
        Ok(model)
    }

    /// The groups, in order.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of these values.
    pub(crate) fn group(&self, key: &[String]) -> Option<&Group> {
        let at = self.groups.binary_search_by(|group| group.key.as_slice().cmp(key)).ok()?;
        self.groups.get(at)
    }

    /// The kind of a group's density, as `summary` shows it.
    pub(crate) fn kind(&self, group: &Group) -> String {
        let name = group.distribution.name();
        if self.automatic { format!("Auto: {name}") } else { name.to_owned() }
    }

    /// The distance of a group's density, as `summary` shows it.
    pub(crate) fn distance(&self, group: &Group) -> String {
        format!("metric: {}, distance: {}", self.metric.name(), crate::convert::number_text(group.distance))
    }
}

impl Group {
    /// The density at a value; `None` where the group has one value only.
    pub(crate) fn density(&self, value: f64) -> Option<f64> {
        (!self.distribution.has_no_width()).then(|| self.distribution.at(value).density)
    }

    /// The outliers.
    pub(crate) fn regions(&self, thresholds: Thresholds) -> Vec<Region> {
        regions(&self.distribution, thresholds)
    }

    /// The mean of the density.
    pub(crate) fn mean(&self) -> f64 {
        self.distribution.mean()
    }

    /// The standard deviation of the density.
    pub(crate) fn std(&self) -> f64 {
        self.distribution.std()
    }

    /// Other parameters of the density.
    pub(crate) fn other(&self) -> Option<String> {
        self.distribution.other()
    }
}

/// The density that is asked for, or the one that is nearest to the data, with its distance.
///
/// Data of one value fit no kernel and no beta density; then the normal density stands for them, without a width.
fn choose(densities: &Densities, metric: Metric, sample: &Sample) -> Option<(Distribution, f64)> {
    let wanted = |name: &str| match densities {
        Densities::One(one) => one == name,
        Densities::Nearest { except } => !except.iter().any(|left_out| left_out == name),
    };
    let tried = Family::ALL.into_iter().filter(|(_, name)| wanted(name));
    let fitted = tried.filter_map(|(family, _)| {
        let density = family.fit(sample).or_else(|| Family::Normal.fit(sample))?;
        let distance = if density.has_no_width() { 0.0 } else { metric.distance(&density, sample) };
        Some((density, distance))
    });
    fitted.reduce(|best, other| if other.1 < best.1 { other } else { best })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Metric, Thresholds};
    use super::{Densities, Model, Settings};

    fn settings(densities: Densities) -> Settings {
        Settings {
            field: "n".to_owned(),
            by: vec!["host".to_owned()],
            densities,
            metric: Metric::Wasserstein,
            thresholds: Thresholds::default(),
            show_density: false,
        }
    }

    fn groups() -> BTreeMap<Vec<String>, Vec<f64>> {
        let bell = (1..200).map(|at| super::super::special::normal_quantile(f64::from(at) / 200.0) * 3.0 + 50.0);
        let falling = (1..200).map(|at| -(f64::from(at) / 200.0).ln() * 7.0);
        let heaps = (0..100).map(|at| f64::from(at % 10) + f64::from(at % 2) * 100.0);
        BTreeMap::from([
            (vec!["bell".to_owned()], bell.collect()),
            (vec!["falling".to_owned()], falling.collect()),
            (vec!["heaps".to_owned()], heaps.collect()),
            (vec!["one".to_owned()], vec![3.0, 3.0]),
            (vec!["none".to_owned()], vec![]),
        ])
    }

    #[track_caller]
    fn check(except: &[&str], expected: &[&str]) {
        let except = except.iter().map(|name| (*name).to_owned()).collect();
        let model = Model::fit(&settings(Densities::Nearest { except }), &groups());
        let kinds = model.groups().iter().map(|group| format!("{} {}", group.key.join(","), model.kind(group)));
        assert_eq!(kinds.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_nearest_density_is_chosen() {
        check(&[], &["bell Auto: Beta", "falling Auto: Exponential", "heaps Auto: Beta", "one Auto: Normal"]);
        let without_beta =
            ["bell Auto: Normal", "falling Auto: Exponential", "heaps Auto: Gaussian KDE", "one Auto: Normal"];
        check(&["beta"], &without_beta);
        let kernels =
            ["bell Auto: Gaussian KDE", "falling Auto: Gaussian KDE", "heaps Auto: Gaussian KDE", "one Auto: Normal"];
        check(&["beta", "norm", "expon"], &kernels);
    }

    /// Files of every version are read; the newest is written.
    #[test]
    fn what_is_stored_reads_back() {
        for densities in ["norm", "expon", "gaussian_kde", "beta"] {
            let model = Model::fit(&settings(Densities::One(densities.to_owned())), &groups());
            let stored = model.store().unwrap_or_default();
            let read = Model::read(&stored).unwrap_or_else(|error| panic!("{error}"));
            for (group, before) in read.groups().iter().zip(model.groups()) {
                assert_eq!(read.group(&group.key).map(|found| &found.key), Some(&before.key));
                assert!((group.mean() - before.mean()).abs() < 1e-12);
                let texts = |group: &super::Group| {
                    group.regions(Thresholds::Total(0.05)).iter().map(super::Region::text).collect::<Vec<_>>()
                };
                assert_eq!(texts(group), texts(before));
            }
        }
        let later = Model::fit(&settings(Densities::One("norm".to_owned())), &groups()).store().unwrap_or_default();
        let later = later.replace("\"version\":1", "\"version\":2");
        assert_eq!(Model::read(&later), Err("it has version 2, and version 1 is known".to_owned()));
        assert!(Model::read("{}").is_err());
    }
}
