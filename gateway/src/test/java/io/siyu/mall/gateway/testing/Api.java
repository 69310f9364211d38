package io.siyu.mall.gateway.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Requests as clients send them. */
public final class Api {

  private Api() {}

  /** A request with JSON and a key, without a token. */
  public static RequestSpecification anonymous() {
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", UUID.randomUUID().toString());
  }

  /** The same with a member's token. */
  public static RequestSpecification member() {
    return anonymous().auth().oauth2(Tokens.member());
  }

  /** The same with a staff member's token. */
  public static RequestSpecification staff(String... roles) {
    return anonymous().auth().oauth2(Tokens.staff(roles));
  }

  /** Checks that it is a problem document in every respect. */
  public static ValidatableResponse problem(ValidatableResponse answer, int status, String reason) {
    return answer
        .statusCode(status)
        .contentType(matchesPattern("application/problem\\+json.*"))
        .body("status", equalTo(status))
        .body("reason", equalTo(reason))
        .body("type", matchesPattern("urn:siyu-mall:problem:[a-z0-9-]+"))
        .body("title", notNullValue())
        .body("detail", notNullValue());
  }
}
