package io.siyu.mall.catalog.imports;

import java.util.Collection;

/**
 * What an import has done so far.
 *
 * @param rowsNoted rows that were taken, with a change that was not made
 */
public record ImportCounts(
    long rowsRead,
    long rowsRefused,
    long rowsNoted,
    long productsCreated,
    long productsChanged,
    long productsUnchanged,
    long skusCreated,
    long skusChanged,
    long skusUnchanged) {

  /** Nothing yet. */
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** One more row was read. */
  ImportCounts read() {
    return new ImportCounts(
        rowsRead + 1,
        rowsRefused,
        rowsNoted,
        productsCreated,
        productsChanged,
        productsUnchanged,
        skusCreated,
        skusChanged,
        skusUnchanged);
  }

  /** Rows were refused, or taken with a note. */
  ImportCounts said(Collection<RowError> errors) {
    long noted = errors.stream().filter(RowError::taken).count();
    return new ImportCounts(
        rowsRead,
        rowsRefused + errors.size() - noted,
        rowsNoted + noted,
        productsCreated,
        productsChanged,
        productsUnchanged,
        skusCreated,
        skusChanged,
        skusUnchanged);
  }

  /** A plan was carried out. */
  ImportCounts done(ImportPlan plan) {
    return new ImportCounts(
        rowsRead,
        rowsRefused,
        rowsNoted,
        productsCreated + count(plan, ImportPlan.Outcome.CREATED),
        productsChanged + count(plan, ImportPlan.Outcome.CHANGED),
        productsUnchanged + count(plan, ImportPlan.Outcome.UNCHANGED),
        skusCreated + plan.skusCreated(),
        skusChanged + plan.skusChanged(),
        skusUnchanged + plan.skusUnchanged());
  }

  private static long count(ImportPlan plan, ImportPlan.Outcome outcome) {
    return plan.outcomes().values().stream().filter(o -> o == outcome).count();
  }
}
