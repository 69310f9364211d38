package io.siyu.mall.order.aftersale;

import io.siyu.mall.order.order.Actor;
import io.siyu.mall.platform.id.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What people read of a case's history; written once, in the order of its ids. */
@Entity
@Table(name = "after_sale_timeline")
public class CaseEntry {

  @Id private UUID id;

  @Column(name = "case_id", updatable = false)
  private UUID caseId;

  @Column(updatable = false)
  private String kind;

  @Column(updatable = false)
  private Instant at;

  @Column(name = "by_whom", updatable = false)
  private String by;

  @Column(updatable = false)
  private String text;

  protected CaseEntry() {}

  CaseEntry(UUID caseId, String kind, Instant at, Actor by, String text) {
    this.id = Ids.next();
    this.caseId = caseId;
    this.kind = kind;
    this.at = at;
    this.by = by.text();
    this.text = text == null ? "" : text;
  }

  public String kind() {
    return kind;
  }

  public String by() {
    return by;
  }
}
