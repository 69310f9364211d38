package io.siyu.mall.gateway.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.common.v1.ListParkedEventsRequest;
import io.siyu.mall.proto.common.v1.ListParkedEventsResponse;
import io.siyu.mall.proto.common.v1.MutinyEventAdminGrpc.MutinyEventAdminStub;
import io.siyu.mall.proto.common.v1.ParkedEvent;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsRequest;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsResponse;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Events that a service could not deliver and put aside, over all services. */
@Path(Admin.ROOT + "/events/parked")
@Tag(name = "运维 Operations")
public class ParkedEventResource {

  private static final char SEPARATOR = ':';

  @Inject Books books;

  @GET
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "投递失败而搁置的事件（全部服务）")
  public Uni<Page<AdminParkedEvent>> listParkedEvents(
      @QueryParam("service") @Text(TextType.NAME_OF_PART) String service,
      @QueryParam("subscriber") @Text(TextType.NAME_OF_PART) String subscriber,
      @Valid @BeanParam PageQuery page) {
    Map<String, MutinyEventAdminStub> services = chosen(service);
    List<String> names = List.copyOf(services.keySet());
    Position at = Position.of(page.token(), names);
    return list(services, names, at, subscriber, page.size());
  }

  @POST
  @Path("/redrive")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "重新投递搁置的事件：按订阅方，或按事件编号")
  public Uni<AdminRedrive> redriveParkedEvents(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminRedriveRequest body) {
    RedriveParkedEventsRequest request =
        RedriveParkedEventsRequest.newBuilder()
            .setRequestId(requestId)
            .setSubscriber(Wire.orEmpty(body.subscriber()))
            .addAllEventIds(body.eventIds() == null ? List.of() : body.eventIds())
            .build();
    List<Uni<RedriveParkedEventsResponse>> answers = new ArrayList<>();
    chosen(body.service())
        .values()
        .forEach(
            events ->
                answers.add(
                    events
                        .redriveParkedEvents(request)
                        .onFailure(ParkedEventResource::sendsNone)
                        .recoverWithItem(RedriveParkedEventsResponse.getDefaultInstance())));
    return Uni.join()
        .all(answers)
        .andFailFast()
        .map(
            all ->
                new AdminRedrive(
                    all.stream().mapToInt(RedriveParkedEventsResponse::getRedriven).sum()));
  }

  /** Goes on to the next service until there is something to show. */
  private Uni<Page<AdminParkedEvent>> list(
      Map<String, MutinyEventAdminStub> services,
      List<String> names,
      Position at,
      String subscriber,
      int size) {
    String name = names.get(at.service());
    return services
        .get(name)
        .listParkedEvents(
            ListParkedEventsRequest.newBuilder()
                .setPageSize(size)
                .setPageToken(at.token())
                .setSubscriber(Wire.orEmpty(subscriber))
                .build())
        .onFailure(ParkedEventResource::sendsNone)
        .recoverWithItem(ListParkedEventsResponse.getDefaultInstance())
        .flatMap(
            answer -> {
              Position next = at.after(answer.getNextPageToken());
              boolean last = next.service() == names.size();
              if (answer.getEventsCount() == 0 && !last) {
                return list(services, names, next, subscriber, size);
              }
              return Uni.createFrom()
                  .item(
                      new Page<>(
                          Wire.list(answer.getEventsList(), e -> AdminParkedEvent.of(name, e)),
                          last ? null : names.get(next.service()) + SEPARATOR + next.token()));
            });
  }

  private Map<String, MutinyEventAdminStub> chosen(String service) {
    Map<String, MutinyEventAdminStub> all = books.events();
    if (service == null || service.isEmpty()) {
      return all;
    }
    if (!all.containsKey(service)) {
      throw ProblemException.invalid(Reasons.INVALID_PARAMETER, "service", "只能是 " + all.keySet());
    }
    return Map.of(service, all.get(service));
  }

  /** A service that sends no events does not serve the call. */
  private static boolean sendsNone(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.UNIMPLEMENTED;
  }

  /** Which service's page is next. */
  private record Position(int service, String token) {

    static Position of(String pageToken, List<String> names) {
      if (pageToken.isEmpty()) {
        return new Position(0, "");
      }
      int end = pageToken.indexOf(SEPARATOR);
      int service = end < 0 ? -1 : names.indexOf(pageToken.substring(0, end));
      if (service < 0) {
        throw ProblemException.invalid(Reasons.INVALID_PARAMETER, "pageToken", "不是上一页返回的值");
      }
      return new Position(service, pageToken.substring(end + 1));
    }

    Position after(String nextToken) {
      return nextToken.isEmpty() ? new Position(service + 1, "") : new Position(service, nextToken);
    }
  }

  /** What to deliver again: all of a subscriber, or these; without a service in all of them. */
  public record AdminRedriveRequest(
      @Text(TextType.NAME_OF_PART) String service,
      @Text(TextType.NAME_OF_PART) String subscriber,
      @Size(max = Bounds.EVENTS) List<@NotBlank @Text(TextType.ID) String> eventIds) {

    @JsonIgnore
    @AssertTrue(message = "须填写 subscriber 或 eventIds")
    public boolean isBounded() {
      return subscriber != null && !subscriber.isBlank() || eventIds != null && !eventIds.isEmpty();
    }
  }

  /** How many events are on their way again. */
  public record AdminRedrive(int redriven) {}

  /** An event that was put aside. */
  public record AdminParkedEvent(
      String service,
      String subscriber,
      String eventId,
      String type,
      String aggregateType,
      String aggregateId,
      long sequence,
      int attempts,
      @Nullable String lastError,
      @Nullable Instant occurredAt,
      @Nullable Instant parkedAt) {

    static AdminParkedEvent of(String service, ParkedEvent p) {
      return new AdminParkedEvent(
          service,
          p.getSubscriber(),
          p.getEvent().getEventId(),
          p.getEvent().getType(),
          p.getEvent().getAggregateType(),
          p.getEvent().getAggregateId(),
          p.getEvent().getSequence(),
          p.getAttempts(),
          Wire.text(p.getLastError()),
          Wire.instant(p.getEvent().hasOccurredAt(), p.getEvent().getOccurredAt()),
          Wire.instant(p.hasParkedAt(), p.getParkedAt()));
    }
  }
}
