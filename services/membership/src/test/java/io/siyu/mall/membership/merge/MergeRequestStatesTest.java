package io.siyu.mall.membership.merge;

import static io.siyu.mall.membership.merge.MergeRequestState.CONFIRMED;
import static io.siyu.mall.membership.merge.MergeRequestState.REJECTED;
import static io.siyu.mall.membership.merge.MergeRequestState.REQUESTED;

import io.siyu.mall.platform.test.StateMachineContract;

class MergeRequestStatesTest extends StateMachineContract<MergeRequestState> {

  MergeRequestStatesTest() {
    super("merge-request", "会员合并 Merge request", MergeRequestState.TABLE);
    allow(REQUESTED, CONFIRMED, REJECTED);
  }
}
