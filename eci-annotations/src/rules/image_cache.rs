//! Keys of an ImageCache that need or exclude one another.

use eci_model::{Findings, Site};

use crate::rules::{image, internet};
use crate::subject::Subject;

pub(crate) fn together(subject: &Subject<'_>, site: &Site<'_>, out: &mut Findings) {
    internet::on_image_cache(subject, site, out);
    image::roles(subject, out);
}
