package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.notes.v1.CountUpRequest;
import io.siyu.mall.platform.notes.v1.FailRequest;
import io.siyu.mall.platform.notes.v1.GetNoteRequest;
import io.siyu.mall.platform.notes.v1.NoteBookGrpc;
import io.siyu.mall.platform.notes.v1.WriteNoteRequest;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ErrorsTest {

  @Test
  void aRefusalTravelsWithReasonAndFacts() {
    RemoteError error = fail("domain");
    assertEquals(Status.Code.FAILED_PRECONDITION, error.code());
    assertEquals("OUT_OF_STOCK", error.reason());
    assertEquals("abc", error.metadata().get("sku"));
    assertEquals("no more", error.message());
  }

  @Test
  void thrownOrFailedIsTheSame() {
    RemoteError error = fail("domain-sync");
    assertEquals(Status.Code.INVALID_ARGUMENT, error.code());
    assertEquals("how", error.violations().get(0).field());
  }

  @Test
  void aBugSaysNothingButItsId() {
    for (String how : new String[] {"sync", "async"}) {
      RemoteError error = fail(how);
      assertEquals(Status.Code.INTERNAL, error.code());
      assertEquals("INTERNAL", error.reason());
      assertFalse(error.message().contains("13812345678"));
      assertTrue(error.message().contains(error.metadata().get("error_id")));
    }
  }

  @Test
  void theDatabasesWordsAreTranslated() {
    assertEquals(Status.Code.ALREADY_EXISTS, fail("duplicate").code());
    RemoteError illegal = fail("illegal");
    assertEquals(Status.Code.FAILED_PRECONDITION, illegal.code());
    assertEquals("ILLEGAL_TRANSITION", illegal.reason());
    assertEquals("BURNT", illegal.metadata().get("from"));
  }

  @Test
  void anotherServicesSilenceIsUnavailable() {
    RemoteError error = fail("unreachable");
    assertEquals(Status.Code.UNAVAILABLE, error.code());
    assertEquals("UPSTREAM_UNAVAILABLE", error.reason());
  }

  @Test
  void aBadIdNamesItsField() {
    RemoteError error =
        refused(
            () ->
                TestGrpc.anonymous(NoteBookGrpc::newBlockingStub)
                    .getNote(GetNoteRequest.newBuilder().setNoteId("7").build()));
    assertEquals(Status.Code.INVALID_ARGUMENT, error.code());
    assertEquals("note_id", error.violations().get(0).field());
  }

  @Test
  void allViolationsComeAtOnce() {
    RemoteError error =
        refused(
            () ->
                member()
                    .writeNote(
                        WriteNoteRequest.newBuilder().setRequestId("r").setPriceFen(-1).build()));
    assertEquals(2, error.violations().size());
  }

  @Test
  void aMutationNeedsARequestId() {
    for (String bad : new String[] {"", " ", "x".repeat(129), "öl"}) {
      RemoteError error =
          refused(
              () ->
                  member()
                      .countUp(
                          CountUpRequest.newBuilder()
                              .setRequestId(bad)
                              .setNoteId(UUID.randomUUID().toString())
                              .build()));
      assertEquals("request_id", error.violations().get(0).field());
    }
  }

  @Test
  void rolesAreChecked() {
    WriteNoteRequest request = WriteNoteRequest.newBuilder().setRequestId("r").setText("t").build();
    RemoteError anonymous =
        refused(() -> TestGrpc.anonymous(NoteBookGrpc::newBlockingStub).writeNote(request));
    assertEquals(Status.Code.UNAUTHENTICATED, anonymous.code());
    assertEquals("SIGN_IN_REQUIRED", anonymous.reason());
    RemoteError service =
        refused(
            () ->
                TestGrpc.as(TestTokens.service("order"), NoteBookGrpc::newBlockingStub)
                    .writeNote(request));
    assertEquals(Status.Code.PERMISSION_DENIED, service.code());
    assertEquals("MEMBER_REQUIRED", service.reason());
  }

  private static NoteBookGrpc.NoteBookBlockingStub member() {
    return TestGrpc.as(TestTokens.member(UUID.randomUUID()), NoteBookGrpc::newBlockingStub);
  }

  private static RemoteError fail(String how) {
    return refused(
        () ->
            TestGrpc.anonymous(NoteBookGrpc::newBlockingStub)
                .fail(FailRequest.newBuilder().setHow(how).build()));
  }

  private static RemoteError refused(Executable call) {
    return RemoteErrors.from(assertThrows(StatusRuntimeException.class, call));
  }
}
