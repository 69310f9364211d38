package io.siyu.mall.k8s;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A secret that an operator fetches from a vault, as far as these manifests use it. Source: API
 * reference of the External Secrets Operator, external-secrets.io/v1.
 */
@Group("external-secrets.io")
@Version("v1")
public class ExternalSecret extends CustomResource<ExternalSecret.Spec, Void>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** What is known; everything else is kept aside, as the models of Kubernetes do. */
  public abstract static class Part {
    @JsonAnySetter private final Map<String, Object> additionalProperties = new LinkedHashMap<>();
  }

  /** What to fetch, from where, into which Secret. */
  public static class Spec extends Part {
    public String refreshInterval;
    public Store secretStoreRef;
    public Target target;
    public List<Entry> data = List.of();
  }

  /** The vault. */
  public static class Store extends Part {
    public String kind;
    public String name;
  }

  /** The Secret that is made. */
  public static class Target extends Part {
    public String name;
    public String creationPolicy;
  }

  /** One key of the Secret. */
  public static class Entry extends Part {
    public String secretKey;
    public Remote remoteRef;
  }

  /** Where a value lies in the vault. */
  public static class Remote extends Part {
    public String key;
    public String property;
  }
}
