//! Prints each public item of a crate, by the JSON that rustdoc made of it.
// cspell:ignore impls

use std::error::Error;

use public_api::{Builder, PublicItem};

fn main() -> Result<(), Box<dyn Error>> {
    let json = std::env::args().nth(1).ok_or("expected the path of rustdoc's JSON")?;
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    let listing: String = api.items().map(PublicItem::to_string).collect::<Vec<_>>().join("\n");
    println!("{listing}");
    Ok(())
}
