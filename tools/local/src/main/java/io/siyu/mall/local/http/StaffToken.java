package io.siyu.mall.local.http;

import io.siyu.mall.local.LocalException;
import java.util.Map;

/** Signs a staff user of the local realm in. */
public final class StaffToken {

  private StaffToken() {}

  /**
   * An access token of a staff user, whose password in the local realm is {@code mall-} and the
   * name.
   *
   * @param keycloak base address of Keycloak
   * @return the value of the header {@code Authorization}
   */
  public static String bearer(String keycloak, String user) {
    Http.Answer answer =
        Http.form(
            keycloak + "/realms/mall/protocol/openid-connect/token",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "mall-admin-portal",
                "username",
                user,
                "password",
                "mall-" + user));
    if (!answer.ok()) {
      throw new LocalException(
          "Keycloak does not let " + user + " in: " + answer.body().path("error_description"));
    }
    return "Bearer " + answer.body().path("access_token").asText();
  }
}
