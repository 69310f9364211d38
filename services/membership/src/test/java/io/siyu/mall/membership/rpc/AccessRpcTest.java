package io.siyu.mall.membership.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.test.AccessContract;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.Membership;
import io.siyu.mall.proto.membership.v1.Session;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method with every caller. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class AccessRpcTest {

  @Test
  void everyMethodForEveryCaller() {
    assertEquals(
        List.of(),
        AccessContract.ofBrands("miaomiao", "another")
            .services(Membership.getDescriptor().getServices())
            .services(Events.getDescriptor().getServices())
            .wrong());
  }

  @Test
  void ofAMemberOnlyThatMemberIsShown() {
    Session one = Calls.signIn();
    Session two = Calls.signIn();
    assertTrue(
        Stream.of(one, two)
            .allMatch(
                session ->
                    Calls.members(session)
                        .getMe(GetMeRequest.getDefaultInstance())
                        .getMemberId()
                        .equals(session.getMember().getMemberId())));
  }
}
