package io.siyu.mall.membership.address;

import io.siyu.mall.proto.membership.v1.ListAddressesResponse;
import java.util.List;

/** Addresses on the wire. */
public final class AddressProto {

  private AddressProto() {}

  /** What came in a request. */
  public static PostalAddress content(io.siyu.mall.proto.membership.v1.Address address) {
    return new PostalAddress(
        address.getReceiverName(),
        address.getPhone(),
        address.getProvince(),
        address.getCity(),
        address.getDistrict(),
        address.getDetail());
  }

  /** The id of the address to change; null for a new one. */
  public static AddressId id(io.siyu.mall.proto.membership.v1.Address address) {
    return address.getAddressId().isEmpty()
        ? null
        : AddressId.parse("address.address_id", address.getAddressId());
  }

  /** One address, as clear or masked as the view is. */
  public static io.siyu.mall.proto.membership.v1.Address address(AddressView view) {
    PostalAddress content = view.content();
    return io.siyu.mall.proto.membership.v1.Address.newBuilder()
        .setAddressId(view.id().toString())
        .setReceiverName(content.receiver())
        .setPhone(content.phone())
        .setProvince(content.province())
        .setCity(content.city())
        .setDistrict(content.district())
        .setDetail(content.detail())
        .setIsDefault(view.isDefault())
        .build();
  }

  /** The list. */
  public static ListAddressesResponse list(List<AddressView> views) {
    return ListAddressesResponse.newBuilder()
        .addAllAddresses(views.stream().map(AddressProto::address).toList())
        .build();
  }
}
