//! Requests and answers of any action, as one type each.

use std::fmt;

use super::action::Action;
use super::check::{self, Violation};
use super::flatten::{self, ParameterError};
use super::json::{self, AnswerError};
use super::record::{Record, Slot};

/// A request of the API: everything that [`Operation`] can hold.
///
/// It ties the request to its answer, so that a call is typed from end to end.
pub trait Request: Into<Operation> + TryFrom<Operation, Error = WrongAction> + Send + 'static {
    /// What the service answers.
    type Answer: TryFrom<Answer, Error = WrongAction> + Into<Answer> + Send + 'static;

    /// The action it asks for.
    const ACTION: Action;
}

/// A request or an answer of another action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is of {found}, expected {expected}")]
#[non_exhaustive]
pub struct WrongAction {
    /// The action that was expected.
    pub expected: Action,
    /// The action that was there.
    pub found: Action,
}

macro_rules! operations {
    ($($action:ident => $answer:ident,)*) => {
        /// A request of any action.
        ///
        /// # Example
        /// ```
        /// use eci_model::api::{Action, DeleteContainerGroup, Operation};
        ///
        /// let request = DeleteContainerGroup {
        ///     region_id: "cn-hangzhou".into(),
        ///     container_group_id: "eci-2zelg8vwnlzdhf8hv".into(),
        ///     ..Default::default()
        /// };
        /// let operation = Operation::from(request);
        /// assert_eq!(operation.action(), Action::DeleteContainerGroup);
        /// let parameters = operation.to_parameters();
        /// assert_eq!(Operation::from_parameters(operation.action(), &parameters)?, operation);
        /// # Ok::<(), eci_model::api::ParameterError>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "each is the request of its action")]
        pub enum Operation {
            $($action(Box<super::$action>),)*
        }

        /// The answer to any action.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "each is the answer of its action")]
        pub enum Answer {
            $($action(super::$answer),)*
        }

        impl Operation {
            /// The action it asks for.
            pub const fn action(&self) -> Action {
                match self {
                    $(Self::$action(_) => Action::$action,)*
                }
            }

            /// A request without any value: a form to fill.
            pub fn empty(action: Action) -> Self {
                match action {
                    $(Action::$action => Self::$action(Box::default()),)*
                }
            }

            fn record(&self) -> &dyn Record {
                match self {
                    $(Self::$action(request) => &**request,)*
                }
            }

            fn record_mut(&mut self) -> &mut dyn Record {
                match self {
                    $(Self::$action(request) => &mut **request,)*
                }
            }
        }

        impl Answer {
            /// The action it answers.
            pub const fn action(&self) -> Action {
                match self {
                    $(Self::$action(_) => Action::$action,)*
                }
            }

            /// An answer without any value.
            pub fn empty(action: Action) -> Self {
                match action {
                    $(Action::$action => Self::$action(Default::default()),)*
                }
            }

            fn record(&self) -> &dyn Record {
                match self {
                    $(Self::$action(answer) => answer,)*
                }
            }

            fn record_mut(&mut self) -> &mut dyn Record {
                match self {
                    $(Self::$action(answer) => answer,)*
                }
            }
        }

        $(
            impl Request for super::$action {
                type Answer = super::$answer;

                const ACTION: Action = Action::$action;
            }

            impl From<super::$action> for Operation {
                fn from(request: super::$action) -> Self {
                    Self::$action(Box::new(request))
                }
            }

            impl TryFrom<Operation> for super::$action {
                type Error = WrongAction;

                fn try_from(operation: Operation) -> Result<Self, WrongAction> {
                    match operation {
                        Operation::$action(request) => Ok(*request),
                        other => Err(WrongAction { expected: Action::$action, found: other.action() }),
                    }
                }
            }

            impl From<super::$answer> for Answer {
                fn from(answer: super::$answer) -> Self {
                    Self::$action(answer)
                }
            }

            impl TryFrom<Answer> for super::$answer {
                type Error = WrongAction;

                fn try_from(answer: Answer) -> Result<Self, WrongAction> {
                    match answer {
                        Answer::$action(answer) => Ok(answer),
                        other => Err(WrongAction { expected: Action::$action, found: other.action() }),
                    }
                }
            }
        )*
    };
}

operations! {
    DescribeRegions => DescribeRegionsAnswer,
    CreateContainerGroup => CreateContainerGroupAnswer,
    UpdateContainerGroup => UpdateContainerGroupAnswer,
    DescribeContainerGroups => DescribeContainerGroupsAnswer,
    DescribeContainerGroupStatus => DescribeContainerGroupStatusAnswer,
    DescribeContainerGroupEvents => DescribeContainerGroupEventsAnswer,
    ResizeContainerGroupVolume => ResizeContainerGroupVolumeAnswer,
    RestartContainerGroup => RestartContainerGroupAnswer,
    DeleteContainerGroup => DeleteContainerGroupAnswer,
    ExecContainerCommand => ExecContainerCommandAnswer,
    DescribeContainerLog => DescribeContainerLogAnswer,
    CommitContainer => CommitContainerAnswer,
    DescribeCommitContainerTask => DescribeCommitContainerTaskAnswer,
    CreateImageCache => CreateImageCacheAnswer,
    DeleteImageCache => DeleteImageCacheAnswer,
    UpdateImageCache => UpdateImageCacheAnswer,
    DescribeImageCaches => DescribeImageCachesAnswer,
    CreateDataCache => CreateDataCacheAnswer,
    DescribeDataCaches => DescribeDataCachesAnswer,
    UpdateDataCache => UpdateDataCacheAnswer,
    CopyDataCache => CopyDataCacheAnswer,
    DeleteDataCache => DeleteDataCacheAnswer,
    CreateVirtualNode => CreateVirtualNodeAnswer,
    DeleteVirtualNode => DeleteVirtualNodeAnswer,
    UpdateVirtualNode => UpdateVirtualNodeAnswer,
    DescribeVirtualNodes => DescribeVirtualNodesAnswer,
    DescribeContainerGroupMetric => DescribeContainerGroupMetricAnswer,
    DescribeMultiContainerGroupMetric => DescribeMultiContainerGroupMetricAnswer,
    CreateInstanceOpsTask => CreateInstanceOpsTaskAnswer,
    DescribeInstanceOpsRecords => DescribeInstanceOpsRecordsAnswer,
    TagResources => TagResourcesAnswer,
    ListTagResources => ListTagResourcesAnswer,
    UntagResources => UntagResourcesAnswer,
    ListUsage => ListUsageAnswer,
    DescribeContainerGroupPrice => DescribeContainerGroupPriceAnswer,
    DescribeAvailableResource => DescribeAvailableResourceAnswer,
}

impl Operation {
    /// The request as the parameters of the protocol, in the order of the fields. **This opens secrets**: it is for encoders.
    ///
    /// Lists count from one, absent values are left out, an empty text stays. A struct or a list without any value has no
    /// parameter and so does not travel.
    pub fn to_parameters(&self) -> Vec<(String, String)> {
        flatten::flatten(self.record())
    }

    /// Writes action and values behind `out`, but for the named fields of the request itself: the same bytes for the same requests, others
    /// for others, also where the wire form does not tell them apart. For programs that compare or hash many requests; the form is of this
    /// version only. **This opens secrets.**
    ///
    /// # Example
    /// ```
    /// use eci_model::api::{DeleteContainerGroup, Operation};
    ///
    /// let bytes = |id: &str, token: &str| {
    ///     let request = DeleteContainerGroup { container_group_id: id.into(), client_token: Some(token.into()), ..Default::default() };
    ///     let mut bytes = Vec::new();
    ///     Operation::from(request).write_values(&["ClientToken"], &mut bytes);
    ///     bytes
    /// };
    /// assert_eq!(bytes("eci-1", "a"), bytes("eci-1", "b"));
    /// assert_ne!(bytes("eci-1", "a"), bytes("eci-2", "a"));
    /// ```
    pub fn write_values(&self, without: &[&str], out: &mut Vec<u8>) {
        out.extend(self.action().name().as_bytes());
        flatten::encode(self.record(), without, out);
    }

    /// Reads parameters, however the sender wrote them: in any order, booleans in any case, list numbers with gaps.
    ///
    /// Parameters of the protocol itself (`Action`, `Signature` and so on) are skipped. What the description does not know goes to
    /// the request's `extra`, under its full name.
    ///
    /// # Errors
    /// A required parameter that is missing, a value of another type, or one name with two values.
    pub fn from_parameters(action: Action, parameters: &[(String, String)]) -> Result<Self, ParameterError> {
        let mut operation = Self::empty(action);
        flatten::unflatten(operation.record_mut(), parameters)?;
        Ok(operation)
    }

    /// Where the request leaves what the description of the API allows.
    pub fn check(&self) -> Vec<Violation> {
        check::check(self.record())
    }

    /// The region asked for, if the request names one.
    pub fn region_id(&self) -> Option<&str> {
        self.record().text("RegionId")
    }

    /// The token that makes a repetition harmless, if the request carries one.
    pub fn client_token(&self) -> Option<&str> {
        self.record().text("ClientToken")
    }

    /// Gives the request a token and says whether it takes one; see [`Action::takes_client_token`].
    pub fn set_client_token(&mut self, token: &str) -> bool {
        match self.record_mut().find("ClientToken") {
            Some((_, value)) => match value.slot() {
                Slot::Scalar(scalar) => scalar.read(token).is_ok(),
                _ => false,
            },
            None => false,
        }
    }
}

impl fmt::Display for Operation {
    /// The action, and the request as JSON with secrets hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.action(), Shown(self.record()))
    }
}

impl serde::Serialize for Operation {
    /// The request, with wire names and secrets hidden: for people and reports, not for the service.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::record::serialize(self.record(), serializer)
    }
}

impl Answer {
    /// The answer as JSON, as the service would send it. **This opens secrets**: it is for servers.
    pub fn to_json(&self) -> String {
        json::write(self.record()).to_string()
    }

    /// Reads an answer. Members that are `null` are absent; unknown ones go to the answer's `extra`.
    ///
    /// # Errors
    /// A text that is no JSON, or a member of another form.
    pub fn from_json(action: Action, text: &str) -> Result<Self, AnswerError> {
        let mut answer = Self::empty(action);
        json::read(answer.record_mut(), serde_json::from_str(text)?)?;
        Ok(answer)
    }

    /// The id that the service gave the call.
    pub fn request_id(&self) -> Option<&str> {
        self.record().text("RequestId")
    }
}

impl fmt::Display for Answer {
    /// The action, and the answer as JSON with secrets hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.action(), Shown(self.record()))
    }
}

impl serde::Serialize for Answer {
    /// The answer, with wire names and secrets hidden: for people and reports, not for the wire.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::record::serialize(self.record(), serializer)
    }
}

struct Shown<'a>(&'a dyn Record);

impl serde::Serialize for Shown<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::record::serialize(self.0, serializer)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&json)
    }
}
