package io.siyu.mall.order.reconciliation;

import static io.siyu.mall.order.reconciliation.Identity.equal;

import java.util.List;

/** Every identity of trades, orders, payments, refunds and cases. Text of this file alone. */
final class Identities {

  private static final String KEY = "LOWER(HEX(%s.id)) k, ";
  private static final String PAID = "r.state IN ('SUCCEEDED', 'PAID_OTHERWISE')";

  static final List<Identity> ALL =
      List.of(
          equal(
              "trade.payable-is-the-sum-of-its-orders",
              "trade",
              "SELECT "
                  + key("t")
                  + "t.payable e, CAST(COALESCE(SUM(o.payable), 0) AS SIGNED) a"
                  + " FROM trade t LEFT JOIN orders o ON o.trade_id = t.id GROUP BY t.id, t.payable",
              "a trade does not cost what its orders cost"),
          equal(
              "order.payable-is-the-sum-of-its-lines-and-freight",
              "orders",
              "SELECT "
                  + key("o")
                  + "o.payable e, CAST(COALESCE(SUM(l.paid), 0) + o.freight AS SIGNED) a FROM"
                  + " orders o LEFT JOIN order_line l ON l.order_id = o.id GROUP BY o.id, o.payable,"
                  + " o.freight",
              "an order does not cost what its lines cost"),
          equal(
              "order.refunded-is-the-sum-of-its-lines",
              "orders",
              "SELECT "
                  + key("o")
                  + "o.refunded e, CAST(COALESCE(SUM(l.refunded_amount), 0) AS SIGNED) a"
                  + " FROM orders o LEFT JOIN order_line l ON l.order_id = o.id"
                  + " GROUP BY o.id, o.refunded",
              "an order was not refunded what its lines were"),
          equal(
              "line.refunded-is-the-sum-of-its-paid-refunds",
              "order_line",
              lineRefunds("l.refunded_amount", "r.amount", PAID),
              "a line was not refunded what the refunds say"),
          equal(
              "line.refunding-is-the-sum-of-its-open-refunds",
              "order_line",
              lineRefunds("l.refunding_amount", "r.amount", "NOT " + PAID),
              "a line is not being refunded what the refunds say"),
          equal(
              "line.refunded-quantity-agrees-with-refunds",
              "order_line",
              lineRefunds(
                  "l.refunded_quantity + l.refunding_quantity",
                  "r.quantity",
                  "r.state IS NOT NULL"),
              "units of a line and of its refunds differ"),
          new Identity(
              "line.refunds-are-within-what-was-paid",
              "SELECT COUNT(*) FROM order_line",
              "SELECT "
                  + key("l")
                  + "l.paid e, l.refunded_amount + l.refunding_amount a FROM order_line l"
                  + " WHERE l.refunded_amount + l.refunding_amount > l.paid",
              "a line gives back more than was paid for it"),
          new Identity(
              "order.refunds-are-within-what-was-paid",
              "SELECT COUNT(*) FROM orders",
              "SELECT k, e, a FROM (SELECT "
                  + key("o")
                  + "o.payable e, CAST(COALESCE(SUM(r.amount), 0) AS SIGNED) a FROM orders o"
                  + " JOIN refund r ON r.order_id = o.id GROUP BY o.id, o.payable) s WHERE a > e",
              "an order gives back more than was paid for it"),
          equal(
              "refund.sent-amount-is-the-sum-of-its-batch",
              "refund",
              "SELECT "
                  + key("f")
                  + "f.sent_amount e, CAST(SUM(r.amount) AS SIGNED) a FROM refund f JOIN refund r"
                  + " ON r.sent_with = f.id WHERE f.sent_with = f.id GROUP BY f.id, f.sent_amount",
              "another amount goes to the provider than its refunds are"),
          new Identity(
              "payment.refunds-are-within-its-amount",
              "SELECT COUNT(*) FROM payment",
              "SELECT k, e, a FROM (SELECT "
                  + key("p")
                  + "p.amount e, CAST(COALESCE(SUM(r.amount), 0) AS SIGNED) a FROM payment p"
                  + " JOIN refund r ON r.payment_id = p.id GROUP BY p.id, p.amount) s WHERE a > e",
              "a payment gives back more than it took"),
          equal(
              "trade.paid-ones-keep-exactly-one-payment",
              "trade",
              "SELECT "
                  + key("t")
                  + "IF(t.state = 'PAID', 1, 0) e, CAST(COUNT(p.id) AS SIGNED) a FROM trade t"
                  + " LEFT JOIN payment p ON p.trade_id = t.id AND p.kept = 1"
                  + " AND p.state = 'SUCCEEDED' GROUP BY t.id, t.state",
              "a trade does not have exactly the one payment that its state says"),
          equal(
              "trade.paid-ones-were-paid-in-full",
              "trade",
              "SELECT "
                  + key("t")
                  + "t.payable e, p.amount a FROM trade t"
                  + " JOIN payment p ON p.id = t.payment_id WHERE t.state = 'PAID'",
              "a trade was not paid what it costs"),
          equal(
              "payment.unkept-ones-are-given-back-whole",
              "payment",
              "SELECT "
                  + key("p")
                  + "p.amount e, CAST(COALESCE(SUM(r.amount), 0) AS SIGNED) a FROM payment p"
                  + " LEFT JOIN refund r ON r.payment_id = p.id WHERE p.state = 'SUCCEEDED'"
                  + " AND p.kept = 0 GROUP BY p.id, p.amount",
              "a payment that its trade did not keep is not given back"),
          new Identity(
              "order.state-follows-its-trade",
              "SELECT COUNT(*) FROM orders",
              "SELECT "
                  + key("o")
                  + "0 e, 1 a FROM orders o JOIN trade t ON t.id = o.trade_id WHERE NOT ("
                  + "t.state = 'PENDING_PAYMENT' AND o.state = 'PENDING_PAYMENT'"
                  + " OR t.state = 'CANCELLED' AND o.state = 'CANCELLED'"
                  + " OR t.state = 'PAID' AND o.state NOT IN ('PENDING_PAYMENT', 'CANCELLED'))",
              "an order and its trade disagree on being paid"),
          equal(
              "line.shipped-is-what-parcels-hold",
              "order_line",
              "SELECT "
                  + key("l")
                  + "l.shipped_quantity e, CAST(COALESCE(SUM(p.quantity), 0) AS SIGNED) a"
                  + " FROM order_line l LEFT JOIN parcel_line p ON p.order_line_id = l.id"
                  + " GROUP BY l.id, l.shipped_quantity",
              "a line's parcels do not hold what it says was shipped"),
          new Identity(
              "line.shipped-is-within-its-quantity",
              "SELECT COUNT(*) FROM order_line",
              "SELECT "
                  + key("l")
                  + "l.quantity e, l.shipped_quantity + l.withdrawn_quantity a FROM order_line l"
                  + " WHERE l.shipped_quantity + l.withdrawn_quantity > l.quantity",
              "more was shipped than was bought"),
          new Identity(
              "order.state-agrees-with-its-lines",
              "SELECT COUNT(*) FROM orders",
              "SELECT k, 0 e, 1 a FROM (SELECT "
                  + key("o")
                  + "o.state s, SUM(l.quantity - l.shipped_quantity - l.withdrawn_quantity) left_over,"
                  + " SUM(l.shipped_quantity) shipped, SUM(l.quantity - l.refunded_quantity) kept"
                  + " FROM orders o JOIN order_line l ON l.order_id = o.id GROUP BY o.id, o.state) x"
                  + " WHERE s IN ('PENDING_PAYMENT', 'CANCELLED', 'PAID') AND shipped > 0"
                  + " OR s = 'PARTIALLY_SHIPPED' AND (shipped = 0 OR left_over = 0)"
                  + " OR s IN ('SHIPPED', 'RECEIVED', 'COMPLETED') AND left_over > 0"
                  + " OR (s = 'CLOSED') <> (kept = 0) AND s <> 'COMPLETED'",
              "an order's state is not what its lines say"),
          equal(
              "order.open-cases-are-counted",
              "orders",
              "SELECT "
                  + key("o")
                  + "o.open_cases e, CAST(COUNT(c.id) AS SIGNED) a FROM orders o LEFT JOIN"
                  + " after_sale_case c ON c.order_id = o.id"
                  + " AND c.state NOT IN ('COMPLETED', 'CLOSED', 'CANCELLED')"
                  + " GROUP BY o.id, o.open_cases",
              "an order counts other cases than there are"),
          equal(
              "line.claims-agree-with-open-cases",
              "order_line",
              "SELECT "
                  + key("l")
                  + "l.claimed_quantity e, CAST(COALESCE(SUM(c.quantity), 0) AS SIGNED) a"
                  + " FROM order_line l LEFT JOIN after_sale_case c ON c.order_line_id = l.id"
                  + " AND c.state NOT IN ('COMPLETED', 'CLOSED', 'CANCELLED', 'REFUNDING')"
                  + " GROUP BY l.id, l.claimed_quantity",
              "cases claim other units than the line says"),
          equal(
              "line.held-back-agrees-with-open-cases",
              "order_line",
              "SELECT "
                  + key("l")
                  + "l.held_back_quantity e, CAST(COALESCE(SUM(c.unshipped_quantity), 0) AS SIGNED)"
                  + " a FROM order_line l LEFT JOIN after_sale_case c ON c.order_line_id = l.id"
                  + " AND c.state NOT IN ('COMPLETED', 'CLOSED', 'CANCELLED')"
                  + " GROUP BY l.id, l.held_back_quantity",
              "a line holds back other units than its open cases claim"),
          equal(
              "line.let-go-agrees-with-open-cases",
              "order_line",
              "SELECT "
                  + key("l")
                  + "l.let_go_quantity e, CAST(COALESCE(SUM(c.let_go_quantity), 0) AS SIGNED) a"
                  + " FROM order_line l LEFT JOIN after_sale_case c ON c.order_line_id = l.id"
                  + " AND c.state NOT IN ('COMPLETED', 'CLOSED', 'CANCELLED')"
                  + " GROUP BY l.id, l.let_go_quantity",
              "a line let other units go than its rejected cases claim"),
          equal(
              "case.refund-agrees-with-its-amount",
              "after_sale_case",
              "SELECT "
                  + key("c")
                  + "c.refund_amount e, COALESCE(r.amount, -1) a FROM after_sale_case c"
                  + " LEFT JOIN refund r ON r.id = c.refund_id"
                  + " WHERE c.state IN ('REFUNDING', 'COMPLETED')",
              "a case and its refund differ"));

  private Identities() {}

  private static String key(String alias) {
    return String.format(KEY, alias);
  }

  private static String lineRefunds(String ofLine, String ofRefund, String condition) {
    return "SELECT "
        + key("l")
        + ofLine
        + " e, CAST(COALESCE(s.total, 0) AS SIGNED) a FROM order_line l LEFT JOIN (SELECT"
        + " r.order_line_id line_id, SUM("
        + ofRefund
        + ") total FROM refund r WHERE r.order_line_id IS NOT NULL AND "
        + condition
        + " GROUP BY r.order_line_id) s ON s.line_id = l.id";
  }
}
