package io.siyu.mall.catalog.imports;

import static io.siyu.mall.catalog.imports.ImportState.FAILED;
import static io.siyu.mall.catalog.imports.ImportState.RUNNING;
import static io.siyu.mall.catalog.imports.ImportState.SUCCEEDED;
import static io.siyu.mall.catalog.imports.ImportState.SUCCEEDED_WITH_ERRORS;

import io.siyu.mall.platform.test.StateMachineContract;

class ImportStatesTest extends StateMachineContract<ImportState> {

  ImportStatesTest() {
    super("catalog-import", "商品导入 Import", ImportState.TABLE);
    allow(RUNNING, SUCCEEDED, SUCCEEDED_WITH_ERRORS, FAILED);
  }
}
