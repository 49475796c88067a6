import Calendar
package import Values

extension DocumentDraft {
  /// Everything a document's figures rest on: formula, value, year, and each record with its version.
  ///
  /// - Parameter document: the document as it was published.
  /// - Returns: the evidence, as `evidence.json` has it.
  package func evidence(of document: PublishedDocument) -> JSON {
    .object([
      "document": .string(document.documentNumber), "index": .string(document.indexNumber),
      "title": .string(document.title), "template": .string(template.name),
      "templateHash": .string(template.hash), "asOf": .string(asOf.description),
      "contentHash": .string(document.contentHash), "formerHash": .string(document.formerHash),
      "figures": .array(figures.map(\.json)),
    ])
  }
}

extension DocumentDraft.Figure {
  /// The figure with its records.
  package var json: JSON {
    .object([
      "number": .integer(figure.number), "line": .integer(figure.line),
      "formula": .string(figure.formula), "said": .string(said),
      "value": .string(value.description), "year": .string(year),
      "records": .integer(records),
      "sources": .array(
        sources.map { source in
          .object([
            "kind": .string(source.kind), "label": .string(source.label),
            "digest": .string(source.digest),
            "records": .array(
              source.records.map { .string("\($0.id):\($0.version)") }
            ),
          ])
        }
      ),
    ])
  }
}
