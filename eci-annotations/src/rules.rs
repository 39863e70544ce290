//! What can be wrong with annotations: a file a family, each rule beside the check that finds it.

pub mod capacity;
pub mod data_cache;
pub mod dns;
pub mod identity;
pub mod image;
pub mod image_cache;
pub mod instance;
pub mod internet;
pub mod logs;
pub mod own;
pub mod place;
pub mod scheduling;
pub mod spot;
pub mod switch;
pub mod value;
mod variables;

use eci_model::Rules;

pub(crate) use variables::check as check_variables;

/// The rules of this crate, by ascending code.
///
/// # Example
/// ```
/// use eci_annotations::rules::{RULES, value};
///
/// assert_eq!(RULES.find("ECI2110"), Some(value::BAD_VALUE));
/// ```
pub static RULES: Rules = Rules::new(&[
    identity::UNKNOWN,
    identity::MISSPELT,
    identity::RETIRED,
    identity::DOUBTFUL,
    identity::THIRD_PARTY,
    identity::SET_BY_PLATFORM,
    place::MISPLACED,
    place::WRONG_RESOURCE,
    place::LABEL_AS_ANNOTATION,
    place::SWITCH_AS_ANNOTATION,
    identity::EDITION,
    identity::NODE_PODS_ONLY,
    identity::WITHOUT_EFFECT,
    identity::CHANGED_ON_LIVE_POD,
    value::BAD_VALUE,
    value::OUT_OF_RANGE,
    value::UNDOCUMENTED_FORM,
    value::TOO_MANY_ITEMS,
    value::DUPLICATE_ITEM,
    value::VALUE_CASE,
    value::PLACEHOLDER,
    value::ID_SHAPE,
    value::EMPTY,
    value::NOT_STRING,
    value::SPACES,
    identity::LEGACY_AND_CURRENT,
    own::NEEDS_ANOTHER,
    own::EXCLUDES_ANOTHER,
    spot::LIMIT_MISSING,
    spot::LIMIT_INERT,
    spot::WITHOUT_STRATEGY,
    spot::WITH_CATEGORY,
    spot::WITH_PRIVATE_POOL,
    spot::LIMIT_PRECISION,
    capacity::CATEGORY_WITH_FILTER,
    capacity::CATEGORY_WITH_ARM,
    capacity::FILTER_WITH_TYPE,
    capacity::MIXED_SIGNS,
    capacity::POOL_ID_MISSING,
    capacity::POOL_ID_INERT,
    capacity::POOL_NEEDS_TYPE,
    internet::SETTING_WITHOUT_EIP,
    internet::BOTH_EIPS,
    internet::IPV6_CHAIN,
    internet::RETAIN_INERT,
    internet::BANDWIDTH_IN_BYTES,
    dns::BOTH_KEYS,
    dns::TOO_MANY_SERVERS,
    dns::ANNOTATION_POLICY,
    dns::SHAPE_SWAPPED,
    dns::HOSTS_TWICE,
    image::SETTING_INERT,
    image::MATCH_BOTH,
    image::USER_WITHOUT_SERVICE,
    image::MATCH_COUNT_HIGH,
    data_cache::WITHOUT_BUCKET,
    data_cache::LEVEL_MOOT,
    data_cache::IOPS_RANGE,
    data_cache::NOTHING_MOUNTED,
    scheduling::BURST_VALUE,
    scheduling::BURST_CONFLICT,
    scheduling::BURST_UNMAINTAINED,
    scheduling::CORE_WITHOUT_VOLUME,
    data_cache::ENCRYPTED_WITH_CACHE,
    instance::ROLES,
    instance::TAGS_MANY,
    instance::TAG_FORM,
    switch::SWITCH_VALUE,
    switch::SWITCH_MISSPELT,
    switch::SIDECAR_ONLY,
    switch::JOB_EXIT_CODE,
    switch::LAUNCH_ORDER,
    logs::FAMILY_INCOMPLETE,
    logs::SETTING_RANGE,
    logs::PATH_WITHOUT_VOLUME,
    logs::TWO_WAYS,
]);
