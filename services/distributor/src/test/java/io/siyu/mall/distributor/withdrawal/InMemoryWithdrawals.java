package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Withdrawals and tax years in maps; keeps copies, as a database would. */
final class InMemoryWithdrawals implements Withdrawals, TaxYears {

  private record Item(UUID member, Money income, Money tax, int month) {}

  private final Map<UUID, Withdrawal.Stored> rows = new HashMap<>();
  private final Map<UUID, LocalDate> days = new HashMap<>();
  private final Map<UUID, Item> items = new HashMap<>();
  final Set<UUID> suspended = new HashSet<>();
  final List<Decision> decisions = new ArrayList<>();

  Withdrawal get(UUID id) {
    return Withdrawal.of(rows.get(id));
  }

  WithdrawalState state(UUID id) {
    return rows.get(id).state();
  }

  /** Another income of the member, of June, that nothing was withheld from. */
  void alsoReceived(UUID memberId, Money income) {
    items.put(UUID.randomUUID(), new Item(memberId, income, Money.ZERO, 6));
  }

  int counted() {
    return items.size();
  }

  @Override
  public Uni<Money> requestedOn(SqlTransaction tx, UUID memberId, LocalDate day) {
    return Uni.createFrom()
        .item(
            Money.sum(
                rows.values().stream()
                    .filter(w -> w.memberId().equals(memberId))
                    .filter(w -> days.get(w.id()).equals(day))
                    .map(Withdrawal.Stored::amount)
                    .toList()));
  }

  @Override
  public Uni<Void> add(SqlTransaction tx, Withdrawal withdrawal, LocalDate day) {
    days.put(withdrawal.id(), day);
    return save(tx, withdrawal);
  }

  @Override
  public Uni<Withdrawal> lock(SqlTransaction tx, UUID id) {
    return Uni.createFrom().item(rows.containsKey(id) ? get(id) : null);
  }

  @Override
  public Uni<Withdrawal> lockByBill(SqlTransaction tx, String billNo) {
    return Uni.createFrom()
        .item(
            rows.values().stream()
                .filter(w -> w.billNo().equals(billNo))
                .findFirst()
                .map(Withdrawal::of)
                .orElse(null));
  }

  @Override
  public Uni<Void> save(SqlTransaction tx, Withdrawal withdrawal) {
    rows.put(withdrawal.id(), withdrawal.stored());
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> decided(SqlTransaction tx, UUID id, Decision decision) {
    decisions.add(decision);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<List<Decision>> decisions(SqlTransaction tx, UUID id) {
    return Uni.createFrom().item(List.copyOf(decisions));
  }

  @Override
  public Uni<Receiver> receiver(SqlTransaction tx, UUID memberId) {
    return Uni.createFrom().item(new Receiver("openid", null, suspended.contains(memberId)));
  }

  @Override
  public Uni<List<UUID>> due(Instant now, int limit) {
    return Uni.createFrom()
        .item(
            rows.values().stream()
                .map(Withdrawal::of)
                .filter(
                    w ->
                        w.isDue(now)
                            || w.state() == WithdrawalState.HELD
                                && !suspended.contains(w.memberId()))
                .map(Withdrawal::id)
                .toList());
  }

  @Override
  public Uni<List<TaxRegime>> regimes(SqlTransaction tx) {
    return Uni.createFrom().item(List.of(TaxPropertiesTest.BEFORE, TaxPropertiesTest.NOW));
  }

  @Override
  public Uni<Withholding.YearSoFar> lock(SqlTransaction tx, UUID memberId, int year) {
    List<Item> of = items.values().stream().filter(i -> i.member().equals(memberId)).toList();
    return Uni.createFrom()
        .item(
            new Withholding.YearSoFar(
                Money.sum(of.stream().map(Item::income).toList()),
                Money.sum(of.stream().map(Item::tax).toList()),
                of.stream().mapToInt(Item::month).min().orElse(0)));
  }

  @Override
  public Uni<Void> count(
      SqlTransaction tx, Withdrawal withdrawal, LocalDate day, Withholding withholding) {
    items.put(
        withdrawal.id(),
        new Item(
            withdrawal.memberId(), withdrawal.amount(), withholding.tax(), day.getMonthValue()));
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> forget(SqlTransaction tx, UUID withdrawalId) {
    return cancel(tx, withdrawalId);
  }

  @Override
  public Uni<Void> cancel(SqlTransaction tx, UUID withdrawalId) {
    items.remove(withdrawalId);
    return Uni.createFrom().voidItem();
  }
}
