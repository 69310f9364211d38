package io.siyu.mall.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.MallDatabase;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class OperationsTest {

  @TestHTTPResource(value = "/health/ready", management = true)
  URL ready;

  @Test
  void saysThatItIsReady() {
    given().get(ready).then().statusCode(200).body("status", equalTo("UP"));
  }
}
