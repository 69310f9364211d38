package io.siyu.mall.cps.sync;

import static io.siyu.mall.cps.sync.SyncState.FAILED;
import static io.siyu.mall.cps.sync.SyncState.QUEUED;
import static io.siyu.mall.cps.sync.SyncState.RUNNING;
import static io.siyu.mall.cps.sync.SyncState.SUCCEEDED;

import io.siyu.mall.platform.test.StateMachineContract;

class SyncStatesTest extends StateMachineContract<SyncState> {

  SyncStatesTest() {
    super("cps-sync", "同步 Sync", SyncState.TABLE);
    allow(QUEUED, RUNNING);
    allow(RUNNING, SUCCEEDED, FAILED);
  }
}
