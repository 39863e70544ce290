//! Image caches, data caches and virtual nodes: the same facts for each.

use eci_model::api::{CreateContainerGroup, Operation, Request};

use super::kinds::{DataCaches, ImageCaches, Kind, VirtualNodes};
use super::{Violation, found, insist};
use crate::backend::{Backend, Class, Pages};

const TOKEN: &str = "a token makes one thing";
const OTHER: &str = "a token with other parameters is refused";
const PAGES: &str = "pages hold every thing once";
const DELETED: &str = "what was made can be deleted once, and again with its token only";

/// Image caches: a token makes one, pages hold each once, what does not exist cannot be deleted.
///
/// # Errors
/// A [`Violation`].
pub async fn image_caches(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    facts_of::<ImageCaches>(backend, example).await
}

/// Data caches: a token makes one, pages hold each once, what does not exist cannot be deleted.
///
/// # Errors
/// A [`Violation`].
pub async fn data_caches(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    facts_of::<DataCaches>(backend, example).await
}

/// Virtual nodes: a token makes one, pages hold each once, what does not exist cannot be deleted.
///
/// # Errors
/// A [`Violation`].
pub async fn virtual_nodes(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    facts_of::<VirtualNodes>(backend, example).await
}

async fn facts_of<K: Kind>(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    let needed = [K::MAKES, K::DELETES, <K::List as Request>::ACTION];
    if !needed.into_iter().all(|action| backend.supports(action)) {
        return Ok(());
    }
    let mut made = Vec::new();
    let outcome = made_and_listed::<K>(backend, example, &mut made).await;
    let mut deleted = Ok(());
    for id in &made {
        deleted = deleted.and(delete::<K>(backend, &example.region_id, id).await);
    }
    outcome.and(deleted)?;
    let nobody = K::delete(&example.region_id, "conformance-nobody");
    match insist(backend, &nobody).await {
        Ok(_) => Err(Violation::new(
            DELETED,
            format!("a {} that is none was deleted", K::NAME),
        )),
        Err(_) => Ok(()),
    }
}

/// Makes three, each twice with its token, and reads the list.
async fn made_and_listed<K: Kind>(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
    made: &mut Vec<String>,
) -> Result<(), Violation> {
    // Tokens are of the account, whatever they make.
    let name = |what: &str| format!("conformance-{}-{what}", K::NAME.replace(' ', "-"));
    for number in ["0", "1", "2"] {
        let request = K::make(example, &name(number));
        let first = make::<K>(backend, &request).await?;
        made.push(first.clone());
        let second = make::<K>(backend, &request).await?;
        if first != second {
            made.push(second.clone());
            return Err(Violation::new(TOKEN, format!("{first} and {second}")));
        }
    }
    let mut other = K::make(example, &name("other"));
    other.set_client_token(&name("0"));
    match backend.call(&other).await {
        Err(error) if error.class == Class::Never => {}
        Err(error) => return Err(Violation::new(OTHER, error.to_string())),
        Ok(answer) => {
            made.extend(K::made(answer));
            return Err(Violation::new(OTHER, format!("a {} was made", K::NAME)));
        }
    }
    let mut pages = Pages::new(backend, K::list(&example.region_id));
    let mut listed: Vec<String> = Vec::new();
    while let Some(page) = pages.next_page().await.map_err(found(PAGES))? {
        if page.len() > 1 {
            return Err(Violation::new(PAGES, format!("a page of one has {}", page.len())));
        }
        listed.extend(page.iter().filter_map(K::id).map(ToOwned::to_owned));
        if listed.len() > 10_000 {
            return Err(Violation::new(PAGES, "the list does not end"));
        }
    }
    for id in made.iter() {
        let times = listed.iter().filter(|listed| *listed == id).count();
        if times != 1 {
            let found = format!("{} {id} is listed {times} times", K::NAME);
            return Err(Violation::new(PAGES, found));
        }
    }
    Ok(())
}

async fn make<K: Kind>(backend: &dyn Backend, request: &Operation) -> Result<String, Violation> {
    let answer = insist(backend, request).await.map_err(found(TOKEN))?;
    K::made(answer).ok_or_else(|| Violation::new(TOKEN, format!("the answer has no id of a {}", K::NAME)))
}

async fn delete<K: Kind>(backend: &dyn Backend, region: &str, id: &str) -> Result<(), Violation> {
    let request = K::delete(region, id);
    for _ in 0..2 {
        insist(backend, &request).await.map_err(found(DELETED))?;
    }
    Ok(())
}
