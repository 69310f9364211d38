package io.siyu.mall.membership.session;

import static io.siyu.mall.membership.session.SessionState.ACTIVE;
import static io.siyu.mall.membership.session.SessionState.EXPIRED;
import static io.siyu.mall.membership.session.SessionState.REVOKED;
import static io.siyu.mall.membership.session.SessionState.SIGNED_OUT;

import io.siyu.mall.platform.test.StateMachineContract;

class SessionStatesTest extends StateMachineContract<SessionState> {

  SessionStatesTest() {
    super("session", "会员登录 Session", SessionState.TABLE);
    allow(ACTIVE, SIGNED_OUT, REVOKED, EXPIRED);
  }
}
