//! `#[derive(Narrow)]` for the models of the crate `entity`.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, parse_macro_input};

/// Reads a model cell by cell, in the order of its fields, which is that of the table's columns.
#[proc_macro_derive(Narrow)]
pub fn narrow(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return Error::new_spanned(name, "a row is a struct").into_compile_error().into();
    };
    let fields = data.fields.iter().map(|field| &field.ident);
    quote! {
        impl crate::row::Narrow for #name {
            fn read(cells: &mut crate::row::Cells<'_>) -> Result<Self, sea_orm::DbErr> {
                Ok(Self { #(#fields: cells.take()?),* })
            }
        }
    }
    .into()
}
