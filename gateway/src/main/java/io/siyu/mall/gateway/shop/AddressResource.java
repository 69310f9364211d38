package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.shop.MemberViews.ShopAddress;
import io.siyu.mall.gateway.shop.MemberViews.ShopAddressRequest;
import io.siyu.mall.gateway.shop.MemberViews.ShopAddresses;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.DeleteAddressRequest;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.ListAddressesRequest;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where the member's parcels go. */
@Path(Shop.ROOT + "/me/addresses")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "收货地址 Addresses")
public class AddressResource {

  @GrpcClient("membership")
  Members members;

  @GET
  @Operation(summary = "我的收货地址（隐私信息已打码）")
  public Uni<ShopAddresses> listAddresses() {
    return members
        .listAddresses(ListAddressesRequest.getDefaultInstance())
        .map(r -> new ShopAddresses(Wire.list(r.getAddressesList(), ShopAddress::of)));
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "新增收货地址")
  public Uni<ShopAddress> createAddress(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopAddressRequest body) {
    return save(requestId, "", body);
  }

  @GET
  @Path("/{addressId}")
  @Operation(summary = "一个收货地址（完整信息，仅本人）")
  public Uni<ShopAddress> getAddress(String addressId) {
    return members
        .getAddress(GetAddressRequest.newBuilder().setAddressId(addressId).build())
        .map(ShopAddress::of);
  }

  @PUT
  @Path("/{addressId}")
  @Operation(summary = "修改收货地址")
  public Uni<ShopAddress> replaceAddress(
      String addressId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopAddressRequest body) {
    return save(requestId, addressId, body);
  }

  @DELETE
  @Path("/{addressId}")
  @Operation(summary = "删除收货地址")
  public Uni<Void> deleteAddress(
      String addressId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return members
        .deleteAddress(
            DeleteAddressRequest.newBuilder()
                .setRequestId(requestId)
                .setAddressId(addressId)
                .build())
        .replaceWithVoid();
  }

  private Uni<ShopAddress> save(String requestId, String addressId, ShopAddressRequest body) {
    return members
        .saveAddress(
            SaveAddressRequest.newBuilder()
                .setRequestId(requestId)
                .setAddress(body.address(addressId))
                .build())
        .map(ShopAddress::of);
  }
}
