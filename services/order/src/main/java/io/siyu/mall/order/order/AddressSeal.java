package io.siyu.mall.order.order;

import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Encrypts an order's address for that order of that member, and opens it again. */
@ApplicationScoped
public class AddressSeal {

  private final PersonalCipher cipher;

  AddressSeal(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /** What is stored. */
  public Receiver seal(OrderId order, UUID memberId, Address address) {
    return new Receiver(
        cipher.encrypt(cell(order.toString(), memberId.toString()), address.text()),
        phoneHash(address.phoneDigits()));
  }

  /** What orders to a phone are found by. */
  String phoneHash(String digits) {
    return cipher.hash("receiver-phone\n" + digits);
  }

  /** What was sealed. */
  Address open(io.siyu.mall.proto.order.v1.Order sealed) {
    return Address.of(
        cipher.decrypt(
            cell(sealed.getOrderId(), sealed.getMemberId()), sealed.getAddress().getDetail()));
  }

  private static Cell cell(String order, String member) {
    return Cell.of("orders", "sealed_address", order, member);
  }
}
