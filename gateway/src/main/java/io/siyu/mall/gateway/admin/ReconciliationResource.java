package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.ReconciliationViews.AdminReconciliation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Every identity of money, stock and growth over all data. */
@Path(Admin.ROOT + "/reconciliation")
@Tag(name = "运维 Operations")
public class ReconciliationResource {

  @Inject Reconciliation reconciliation;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "对账：各服务自查，并以订单事实核对库存、账本与成长值")
  public Uni<AdminReconciliation> reconcile() {
    return reconciliation.begunFromNowOn();
  }
}
