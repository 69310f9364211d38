package io.siyu.mall.distributor.withdrawal;

import com.google.gson.annotations.SerializedName;
import java.util.List;

/** The bodies of WeChat Pay's transfer-bills, which the vendor's SDK has no classes for. */
final class WeChatTransferMessages {

  private WeChatTransferMessages() {}

  /** POST /v3/fund-app/mch-transfer/transfer-bills. */
  record Order(
      String appid,
      @SerializedName("out_bill_no") String outBillNo,
      @SerializedName("transfer_scene_id") String sceneId,
      String openid,
      @SerializedName("user_name") String userName,
      @SerializedName("transfer_amount") long amount,
      @SerializedName("transfer_remark") String remark,
      @SerializedName("notify_url") String notifyUrl,
      @SerializedName("transfer_scene_report_infos") List<Report> reports) {}

  /** What the scene wants to have reported. */
  record Report(
      @SerializedName("info_type") String type, @SerializedName("info_content") String content) {}

  /** The answer to an order, to a query, and what a notification holds: as much as is told. */
  static final class Bill {
    @SerializedName("out_bill_no")
    String outBillNo;

    @SerializedName("transfer_bill_no")
    String transferBillNo;

    String state;

    @SerializedName("transfer_amount")
    Long amount;

    @SerializedName("package_info")
    String packageInfo;

    @SerializedName("fail_reason")
    String failReason;
  }
}
