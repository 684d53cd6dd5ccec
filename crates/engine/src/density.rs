//! Density functions of the Machine Learning Toolkit's `DensityFunction`: fitted to numbers, they say which ranges are
//! outliers.
//!
//! Start from [`Model`]. The formulas are those of the fitting functions that the toolkit's users know from SciPy: `norm.fit`,
//! `expon.fit`, `beta.fit`, and `gaussian_kde` with Scott's bandwidth. Where the toolkit draws random samples (for the
//! distance between a density and its data), the distance itself is computed, so that the same data give the same model.
//! Source: Machine Learning Toolkit User Guide, "Algorithms", "DensityFunction".

mod beta;
mod distance;
mod distribution;
mod kde;
mod model;
mod regions;
mod sample;
mod simplex;
mod special;

pub(crate) use model::{Densities, Group, Model, Settings};
pub(crate) use regions::{Region, Thresholds};

/// How the distance between a density and its data is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Metric {
    /// The area between the two cumulative functions.
    Wasserstein,
    /// The largest gap between them.
    KolmogorovSmirnov,
}
