package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.inbox.SqlBatchHandler.Taken;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the service of outside orders tells, mapped and booked. */
@ApplicationScoped
public class CpsEvents {

  private static final int WHOLE = 10_000;

  private final CpsBook book;

  CpsEvents(CpsBook book) {
    this.book = book;
  }

  /** Books the events of a delivery in one transaction. */
  public Uni<Void> book(List<Taken> events, SqlConnection sql) {
    return book.book(SqlTransaction.of(sql), events.stream().map(CpsEvents::told).toList());
  }

  private static CpsBook.Telling told(Taken taken) {
    CpsOrderChanged payload = (CpsOrderChanged) taken.payload();
    Instant at = ProtoTime.from(taken.event().getOccurredAt());
    if (at == null) {
      throw DomainException.invalid("occurred_at", "must be given");
    }
    return new CpsBook.Telling(facts(payload), payload.toByteArray(), micros(at));
  }

  /** The facts in an event, or in one that was stored. */
  static CpsFacts facts(CpsOrderChanged event) {
    CpsAttribution credit = event.getAttribution();
    Money base =
        event.hasSettled()
            ? amount("settled", event.getSettled())
            : amount("estimated", event.getEstimated());
    Instant paidAt = ProtoTime.from(event.getPaidAt());
    boolean right =
        event.getRevision() > 0
            && paidAt != null
            && credit.getDirectBasisPoints() >= 0
            && credit.getUplineBasisPoints() >= 0
            && credit.getDirectBasisPoints() + credit.getUplineBasisPoints() <= WHOLE;
    if (!right) {
      throw DomainException.invalid("attribution", "needs revision, payment and shares of 0…10000");
    }
    return new CpsFacts(
        ProtoIds.from("cps_order_id", event.getCpsOrderId()),
        event.getRevision(),
        event.getPlatform().name(),
        event.getOrderNo(),
        state(event),
        event.getTitle(),
        new CpsFacts.Credit(
            credit.getReason() == CpsAttribution.Reason.CLAIM,
            ProtoIds.from("distributor_id", credit.getDistributorId()),
            ProtoIds.fromOptional("upline_id", credit.getUplineId()),
            credit.getPolicyVersion(),
            credit.getPolicyStep(),
            credit.hasSettledBefore() ? amount("settled_before", credit.getSettledBefore()) : null,
            credit.getDirectBasisPoints(),
            credit.getUplineBasisPoints()),
        base,
        amount("clawed_back_total", event.getClawedBackTotal()).min(base),
        event.getPayable(),
        micros(paidAt),
        micros(ProtoTime.from(event.getSettledAt())),
        micros(ProtoTime.from(event.getPayableFrom())),
        micros(ProtoTime.from(credit.getDecidedAt())));
  }

  private static CpsFacts.State state(CpsOrderChanged event) {
    return switch (event.getState()) {
      case PAID -> CpsFacts.State.PAID;
      case RECEIVED -> CpsFacts.State.RECEIVED;
      case INVALID -> CpsFacts.State.INVALID;
      case SETTLED -> CpsFacts.State.SETTLED;
      case CLAWED_BACK -> CpsFacts.State.CLAWED_BACK;
      default -> throw DomainException.invalid("state", "is not known");
    };
  }

  private static Money amount(String field, io.siyu.mall.proto.common.v1.Money money) {
    Money amount = ProtoMoney.from(money);
    if (amount.isNegative()) {
      throw DomainException.invalid(field, "must not be negative");
    }
    return amount;
  }

  private static Instant micros(Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }
}
